/** The kinds of journal entries that a webhook may be told of, in groups as people look for them. */

/** @type {readonly {group: string, kinds: readonly string[]}[]} `group` is a word of `words.js` */
export const GROUPS = [
  { group: "kinds.door", kinds: ["ticket.scanned", "ticket.exited", "ticket.denied", "ticket.undone", "ticket.conflict"] },
  {
    group: "kinds.tickets",
    kinds: [
      ...["ticket.booked", "ticket.paid", "ticket.moved", "ticket.changed", "ticket.reissued", "ticket.canceled"],
      ...["ticket.invited", "ticket.uninvited"],
      ...["waiting.joined", "waiting.offered", "waiting.accepted", "waiting.left", "waiting.lapsed"],
      ...["ticket.restored", "ticket.blocked", "ticket.unblocked", "ticket.expired", "ticket.deleted", "reservation.resent"],
    ],
  },
  { group: "kinds.event", kinds: ["event.changed", "wallet.wave", "headcount", "recount", "figures.frozen"] },
  { group: "kinds.import", kinds: ["import.started", "import.progress", "import.completed", "import.failed"] },
  { group: "kinds.devices", kinds: ["device.paired", "device.changed", "device.archived"] },
  {
    group: "kinds.alerts",
    kinds: [
      ...["device.silent", "device.back", "device.low_battery", "device.charged", "device.queue", "device.queue_sent"],
      ...["door.stalled", "door.moving", "limit.near", "limit.clear"],
    ],
  },
  {
    group: "kinds.hub",
    kinds: [
      ...["job.ran", "key.created", "key.revoked", "session.ended", "user.created", "user.changed", "user.deleted"],
      ...["webhook.created", "webhook.changed", "webhook.deleted"],
    ],
  },
];
