package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something that was read or made: what it is, by its content, and what is worth knowing about it.
 *
 * @param kind what it is
 * @param name for people, and the name of the data set in OpenLineage; the same from run to run
 * @param hash its content
 * @param created when it was read or made
 * @param facts sorted by name, for example {@code rows}, {@code lastDay}, {@code path}; without secrets
 * @param columns its columns, if it has any worth naming
 */
public record LineageNode(
    LineageKind kind,
    String name,
    ContentHash hash,
    Instant created,
    Map<String, String> facts,
    List<LineageColumn> columns) {
  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for a blank name
   */
  public LineageNode {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(created, "created");
    if (name.isBlank()) {
      throw QilinException.invalid("a node of the lineage needs a name");
    }
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    columns = List.copyOf(columns);
  }

  /** A node without columns. */
  public static LineageNode of(
      LineageKind kind, String name, ContentHash hash, Instant created, Map<String, String> facts) {
    return new LineageNode(kind, name, hash, created, facts, List.of());
  }
}
