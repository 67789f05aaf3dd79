package io.qilin.vault;

import io.qilin.api.secret.Secret;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One version of a secret of the KV engine: fields, each with a text. It prints without them. Immutable. */
public final class VaultSecret {
  private final String path;
  private final long version;
  private final Instant created;
  private final Map<String, Optional<Secret>> fields;

  VaultSecret(String path, long version, Instant created, Map<String, Optional<Secret>> fields) {
    this.path = path;
    this.version = version;
    this.created = created;
    this.fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /** Where it is, below the mount. */
  public String path() {
    return path;
  }

  /** Which version it is, from 1. */
  public long version() {
    return version;
  }

  /** When it was written. */
  public Instant created() {
    return created;
  }

  /** The names of its fields. */
  public Set<String> names() {
    return fields.keySet();
  }

  /**
   * The text of a field; a number or truth value as it is written.
   *
   * @return empty if there is no such field, or it is empty, an object, an array or null
   */
  public Optional<Secret> field(String name) {
    return fields.getOrDefault(name, Optional.empty());
  }

  /** For example {@code VaultSecret[app/db, version 3]}. */
  @Override
  public String toString() {
    return "VaultSecret[" + path + ", version " + version + "]";
  }
}
