// Rival of a broadcast: Node's `ws`, which does nothing else. `node bench/broadcast_ws.cjs PORT`, `ws` in NODE_PATH.
const http = require("node:http");
const { WebSocketServer } = require("ws");

const FILLER = ".".repeat(220);

function item(ticket) {
  const scanned = `{"kind":"ticket.scanned","ticket":"${ticket}","filler":"${FILLER}"}`;
  return `{"type":"updates","event":"${"0".repeat(36)}","epoch":"k1","first":1,"items":[${scanned}]}`;
}

const sockets = new Set();
const server = http.createServer((request, response) => {
  let ticket = "";
  request.on("data", (part) => (ticket += part));
  request.on("end", () => {
    const message = Buffer.from(item(ticket));
    for (const socket of sockets) socket.send(message, { binary: false });
    response.writeHead(200, { "Content-Length": 2 });
    response.end("{}");
  });
});
new WebSocketServer({ server, path: "/live" }).on("connection", (socket) => {
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.send("welcome");
});
process.on("SIGTERM", () => process.exit(0));
server.listen(Number(process.argv[2]), "127.0.0.1");
