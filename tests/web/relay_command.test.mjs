// Command line that starts a relay, as the administration shows it.
import assert from "node:assert/strict";
import test from "node:test";

import { commandOf } from "../../web/static/admin/relay_command.js";

const RELAY = { key: "abc.DEF-_1", upstream: "https://hub.example.org", name: "Hall", address: "" };

test("a relay that is tried on one machine needs no address and no certificate", () => {
  assert.equal(commandOf(RELAY), "HUB_UPSTREAM_KEY=abc.DEF-_1 .venv/bin/python run.py relay --upstream https://hub.example.org --name Hall");
});

test("a relay for phones listens at the port of its address, with a certificate", () => {
  const at = (address) => commandOf({ ...RELAY, address }).replace(/^.*--name Hall /, "");
  assert.equal(at("https://hall.example.org:8889/"), "--host 0.0.0.0 --port 8889 --base-url https://hall.example.org:8889 --tls-cert cert.pem --tls-key key.pem");
  assert.equal(at("https://hall.example.org"), "--host 0.0.0.0 --port 443 --base-url https://hall.example.org --tls-cert cert.pem --tls-key key.pem");
});

test("a name is one argument of a shell, whatever it holds", () => {
  const named = (name) => commandOf({ ...RELAY, name }).replace(/^.*--name /, "");
  assert.equal(named("The hall"), "'The hall'");
  assert.equal(named("O'Neill's; rm -rf $HOME `x`"), String.raw`'O'\''Neill'\''s; rm -rf $HOME ${"`x`"}'`);
  assert.equal(named("Zelt\nmit"), "'Zelt\nmit'");
});
