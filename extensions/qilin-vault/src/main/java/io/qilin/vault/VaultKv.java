package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.vault.VaultVersions.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The key-value engine, version 2, at one mount: reads, writes and removes versions of secrets. Paths have parts with {@code /}
 * between. Safe to share between threads.
 *
 * <p>All methods throw AUTHORIZATION if the policies do not allow it, AUTHENTICATION if the login is refused, RATE_LIMITED,
 * INVALID_CONFIGURATION if there is no such engine at the mount, SECRET_UNAVAILABLE if the server is down, sealed, slow or answers
 * nonsense, LIMIT_EXCEEDED for an answer that is too large, RESOURCE_EXHAUSTED if the HTTP client's executor takes no more, and
 * CANCELLED if the thread is interrupted.
 */
public final class VaultKv {
  private static final int MOST_FIELDS = 1_000;

  private final VaultClient client;
  private final String mount;

  private VaultKv(VaultClient client, String mount) {
    this.client = client;
    this.mount = mount;
  }

  /**
   * The engine at a mount, for example {@code secret}.
   *
   * @throws QilinException INVALID_ARGUMENT for a mount of another form
   */
  public static VaultKv at(VaultClient client, String mount) {
    return new VaultKv(Objects.requireNonNull(client, "client"), VaultPath.mount(mount));
  }

  /** The latest version; empty if there is none, or it is deleted or destroyed. */
  public Optional<VaultSecret> read(String path) {
    return read(path, "");
  }

  /** A version; empty if there is none, or it is deleted or destroyed. */
  public Optional<VaultSecret> read(String path, long version) {
    if (version < 1) {
      throw QilinException.invalid("a version is 1 or more, was " + version);
    }
    return read(path, "?version=" + version);
  }

  private Optional<VaultSecret> read(String path, String query) {
    Call call = Call.get("reading " + place(path), at("data", path) + query);
    Answer answer = client.ask(call);
    if (isMissing(answer)) {
      return Optional.empty();
    }
    Json data = answer.good(call).data();
    Json fields = data.at("data");
    if (!fields.isObject()) {
      throw Answer.nonsense(call, "data of the second version of the engine");
    }
    Json metadata = data.at("metadata");
    Map<String, Optional<Secret>> all = new TreeMap<>();
    fields
        .members()
        .forEach((name, value) ->
            all.put(name, value.scalar().filter(text -> !text.isEmpty()).map(Secret::of)));
    return Optional.of(new VaultSecret(
        path,
        version(call, metadata),
        moment(call, metadata.at("created_time").text().orElse("")),
        all));
  }

  /**
   * Whether the engine itself says that there is nothing: no error at all, or a version that was removed. Another 404 is a wrong
   * mount or something before Vault, and not an absent secret.
   */
  private static boolean isMissing(Answer answer) {
    boolean removed =
        answer.data().at("metadata").isObject() && !answer.data().at("data").isObject();
    boolean nothing = answer.json().at("errors").isArray()
        && answer.errors().isEmpty()
        && answer.json().at("warnings").items().isEmpty();
    return answer.status() == 404 && (removed || nothing);
  }

  private static long version(Call call, Json metadata) {
    return metadata.at("version").whole().stream()
        .filter(version -> version > 0)
        .findFirst()
        .orElseThrow(() -> Answer.nonsense(call, "version"));
  }

  private static Instant moment(Call call, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Answer.nonsense(call, "moment like 2024-01-02T15:00:00Z");
    }
  }

  /**
   * Writes a new version if the latest one is as expected, so that no change of others is lost.
   *
   * @param fields 1 to 1,000
   * @param expected the version that must be the latest; 0 if there must be none yet
   * @return the version that was written
   * @throws QilinException CONFLICT if another version is the latest; SECRET_UNAVAILABLE if it is not known whether it was written
   */
  public long write(String path, Map<String, Secret> fields, long expected) {
    if (fields.isEmpty() || fields.size() > MOST_FIELDS || expected < 0) {
      throw QilinException.invalid("a secret is written with 1 to " + MOST_FIELDS
          + " fields over version 0 or more, were " + fields.size() + " and " + expected);
    }
    try (JsonBody body = new JsonBody()) {
      body.begin("data", '{');
      new TreeMap<>(fields).forEach((name, secret) -> body.text(name, secret.reveal()));
      body.end('}').begin("options", '{').number("cas", expected).end('}');
      Call call = Call.post("writing " + place(path), at("data", path), body);
      Answer answer = client.ask(call);
      if (answer.status() == 400 && answer.says("check-and-set")) {
        throw new QilinException(
            ErrorCode.CONFLICT,
            place(path) + " is not at version " + expected
                + " any more, so nothing was written; read it and decide again");
      }
      return version(call, answer.good(call).data());
    }
  }

  /** Deletes the latest version; it can be brought back. */
  public void delete(String path) {
    Call call = Call.delete("deleting " + place(path), at("data", path));
    client.ask(call).good(call);
  }

  /** Deletes versions; they can be brought back. */
  public void delete(String path, List<Long> versions) {
    change("delete", path, versions);
  }

  /** Brings deleted versions back. */
  public void undelete(String path, List<Long> versions) {
    change("undelete", path, versions);
  }

  /** Removes versions for good. */
  public void destroy(String path, List<Long> versions) {
    change("destroy", path, versions);
  }

  private void change(String action, String path, List<Long> versions) {
    if (versions.isEmpty() || versions.stream().anyMatch(version -> version < 1)) {
      throw QilinException.invalid("versions are 1 or more, and at least one, were " + versions);
    }
    try (JsonBody body = new JsonBody().numbers("versions", versions)) {
      Call call =
          Call.post(action + " of " + place(path), at(action, path), body).again();
      client.ask(call).good(call);
    }
  }

  /**
   * The names below a folder, those of folders with a {@code /} at the end.
   *
   * @param path a folder without a slash at its end; empty for the mount itself
   */
  public List<String> list(String path) {
    String folder = path.isEmpty() ? mount + "/metadata" : at("metadata", path);
    Call call = Call.get("listing " + mount + "/" + path, folder + "?list=true");
    Answer answer = client.ask(call);
    if (isMissing(answer)) {
      return List.of();
    }
    Json keys = answer.good(call).data().at("keys");
    if (!keys.isArray()) {
      throw Answer.nonsense(call, "keys");
    }
    return keys.items().stream()
        .map(key -> key.text().orElseThrow(() -> Answer.nonsense(call, "names")))
        .toList();
  }

  /** Which versions there are; empty if the secret never was, or was purged. Needs the right to read {@code metadata/}. */
  public Optional<VaultVersions> versions(String path) {
    Call call = Call.get("reading the versions of " + place(path), at("metadata", path));
    Answer answer = client.ask(call);
    if (isMissing(answer)) {
      return Optional.empty();
    }
    Json data = answer.good(call).data();
    Map<Long, State> states = new TreeMap<>();
    data.at("versions").members().forEach((version, state) -> {
      if (!version.matches("[1-9][0-9]{0,17}")) {
        throw Answer.nonsense(call, "versions");
      }
      states.put(Long.parseLong(version), state(call, state));
    });
    return Optional.of(new VaultVersions(
        data.at("current_version").whole().orElseThrow(() -> Answer.nonsense(call, "versions")),
        data.at("oldest_version").whole().orElse(0),
        data.at("cas_required").isTrue(),
        states));
  }

  /** A deletion can lie ahead, where the mount limits how long versions live. */
  private State state(Call call, Json version) {
    if (version.at("destroyed").isTrue()) {
      return State.DESTROYED;
    }
    String deletion = version.at("deletion_time").text().orElse("");
    return deletion.isEmpty() || moment(call, deletion).isAfter(client.now())
        ? State.LIVE
        : State.DELETED;
  }

  private String at(String part, String path) {
    return mount + "/" + part + "/" + VaultPath.encoded(path);
  }

  private String place(String path) {
    return QilinException.quote(mount + "/" + path);
  }

  /** For example {@code VaultKv[secret]}. */
  @Override
  public String toString() {
    return "VaultKv[" + mount + "]";
  }
}
