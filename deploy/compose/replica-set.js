// Replica set of three and the hub's login, for mongosh on one member: may run again and again.
const root = process.env.MONGO_ROOT_PASSWORD; // not on the command line, which others see
db.getSiblingDB("admin").auth("root", root);
try {
  rs.status();
} catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error;
  rs.initiate({ _id: "scanhub", members: [1, 2, 3].map((number) => ({ _id: number, host: `mongo${number}:27017` })) });
}
while (!db.hello().primary) sleep(500);
// The set may elect any of the three.
const primary = new Mongo(`mongodb://root:${encodeURIComponent(root)}@${db.hello().primary}/?authSource=admin&directConnection=true`);
const hub = primary.getDB("scanhub");
if (hub.getUser("hub") === null) {
  hub.createUser({
    user: "hub",
    pwd: process.env.MONGO_HUB_PASSWORD,
    roles: ["readWrite", "dbAdmin", { role: "clusterMonitor", db: "admin" }],
  });
}
