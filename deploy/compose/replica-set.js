// Replica set of three and the hub's login, for mongosh: may run again and again.
db.getSiblingDB("admin").auth("root", process.env.MONGO_ROOT_PASSWORD); // not on the command line, which others see
try {
  rs.status();
} catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error;
  rs.initiate({ _id: "scanhub", members: [1, 2, 3].map((number) => ({ _id: number, host: `mongo${number}:27017` })) });
}
while (!db.hello().isWritablePrimary) {
  if (db.hello().primary) quit(0); // the set elected another member before: all of this was done then
  sleep(500);
}
const hub = db.getSiblingDB("scanhub");
if (hub.getUser("hub") === null) {
  hub.createUser({
    user: "hub",
    pwd: process.env.MONGO_HUB_PASSWORD,
    roles: ["readWrite", "dbAdmin", { role: "clusterMonitor", db: "admin" }],
  });
}
