package io.qilin.vault;

import io.qilin.vault.FakeVault.Reply;
import io.qilin.vault.FakeVault.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The second version of the KV engine, as observed. */
final class FakeKv {
  private static final String START = "secret/";

  private final FakeVault vault;
  private final Map<String, List<Version>> secrets = new TreeMap<>();
  boolean casRequired;

  private static final class Version {
    private final JsonNode data;
    private final String created;
    private String deleted = "";
    private boolean destroyed;

    Version(JsonNode data, String created) {
      this.data = data;
      this.created = created;
    }
  }

  FakeKv(FakeVault vault) {
    this.vault = vault;
  }

  /** Writes as another client would. */
  void put(String path, Map<String, String> fields) {
    synchronized (vault) {
      ObjectNode data = FakeVault.MAPPER.createObjectNode();
      fields.forEach(data::put);
      put(path, data);
    }
  }

  void put(String path, JsonNode data) {
    synchronized (vault) {
      secrets.computeIfAbsent(path, p -> new ArrayList<>()).add(new Version(data, now()));
    }
  }

  void delete(String path) {
    synchronized (vault) {
      latest(path).orElseThrow().deleted = now();
    }
  }

  void purge(String path) {
    synchronized (vault) {
      secrets.remove(path);
    }
  }

  void deleteLater(String path, String moment) {
    synchronized (vault) {
      latest(path).orElseThrow().deleted = moment;
    }
  }

  private String now() {
    return vault.clock.instant().toString();
  }

  Reply answer(Request request) {
    String rest = request.path().substring(START.length());
    int slash = rest.indexOf('/');
    String part = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    return switch (request.method() + " " + part) {
      case "GET data" -> read(path, Optional.ofNullable(request.query().get("version")));
      case "POST data", "PUT data" -> write(path, request);
      case "DELETE data" -> {
        latest(path).ifPresent(version -> version.deleted = now());
        yield FakeVault.none();
      }
      case "POST delete", "POST undelete", "POST destroy" -> change(part, path, request);
      case "GET metadata" ->
        "true".equals(request.query().get("list")) ? list(path) : metadata(path);
      default -> warned();
    };
  }

  /** What a path of the first version of the engine gets. */
  private static Reply warned() {
    ObjectNode body = FakeVault.envelope();
    body.putArray("warnings")
        .add("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate"
            + " API endpoints to use.");
    return FakeVault.json(404, body);
  }

  private Optional<Version> latest(String path) {
    List<Version> all = secrets.getOrDefault(path, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  private Reply read(String path, Optional<String> asked) {
    List<Version> all = secrets.getOrDefault(path, List.of());
    int number = asked.map(Integer::parseInt).orElse(all.size());
    if (number < 1 || number > all.size()) {
      return FakeVault.error(404);
    }
    Version version = all.get(number - 1);
    ObjectNode data = FakeVault.MAPPER.createObjectNode();
    boolean live = !version.destroyed && !isDeleted(version);
    data.set("data", live ? version.data : FakeVault.MAPPER.nullNode());
    data.set("metadata", metadata(version).put("version", number));
    return FakeVault.json(live ? 200 : 404, FakeVault.envelope().set("data", data));
  }

  private boolean isDeleted(Version version) {
    return !version.deleted.isEmpty()
        && !java.time.Instant.parse(version.deleted).isAfter(vault.clock.instant());
  }

  private static ObjectNode metadata(Version version) {
    return FakeVault.MAPPER
        .createObjectNode()
        .put("created_time", version.created)
        .put("deletion_time", version.deleted)
        .put("destroyed", version.destroyed);
  }

  private Reply write(String path, Request request) {
    vault.allow(request.body(), "data", "options");
    vault.allow(request.body().path("options"), "cas");
    JsonNode data = request.body().path("data");
    if (!data.isObject()) {
      return FakeVault.error(400, "no data provided");
    }
    List<Version> all = secrets.getOrDefault(path, List.of());
    JsonNode cas = request.body().path("options").path("cas");
    if (cas.isMissingNode() && casRequired) {
      return FakeVault.error(400, "check-and-set parameter required for this call");
    }
    if (cas.isIntegralNumber() && cas.asInt() != all.size()) {
      return FakeVault.error(400, "check-and-set parameter did not match the current version");
    }
    put(path, data);
    Version version = latest(path).orElseThrow();
    return FakeVault.data(metadata(version).put("version", all.size() + (all.isEmpty() ? 1 : 0)));
  }

  private Reply change(String action, String path, Request request) {
    vault.allow(request.body(), "versions");
    List<Version> all = secrets.getOrDefault(path, List.of());
    for (JsonNode number : request.body().path("versions")) {
      if (number.asInt() <= all.size()) {
        Version version = all.get(number.asInt() - 1);
        version.destroyed |= action.equals("destroy");
        version.deleted = action.equals("delete") ? now() : "";
      }
    }
    return FakeVault.none();
  }

  private Reply metadata(String path) {
    List<Version> all = secrets.getOrDefault(path, List.of());
    if (all.isEmpty()) {
      return FakeVault.error(404);
    }
    ObjectNode data = FakeVault.MAPPER.createObjectNode();
    data.put("cas_required", casRequired).put("created_time", all.get(0).created);
    data.put("current_version", all.size()).put("delete_version_after", "0s");
    data.put("max_versions", 0).put("oldest_version", 0).put("updated_time", now());
    ObjectNode versions = data.putObject("versions");
    for (int i = 0; i < all.size(); i++) {
      versions.set(String.valueOf(i + 1), metadata(all.get(i)));
    }
    return FakeVault.data(data);
  }

  private Reply list(String folder) {
    String start = folder.isEmpty() ? "" : folder.replaceFirst("/?$", "/");
    TreeSet<String> names = new TreeSet<>();
    secrets.keySet().stream().filter(path -> path.startsWith(start)).forEach(path -> {
      String rest = path.substring(start.length());
      int slash = rest.indexOf('/');
      names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
    });
    if (names.isEmpty()) {
      return FakeVault.error(404);
    }
    ObjectNode data = FakeVault.MAPPER.createObjectNode();
    ArrayNode keys = data.putArray("keys");
    names.forEach(keys::add);
    return FakeVault.data(data);
  }
}
