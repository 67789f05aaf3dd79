package io.qilin.api.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A registered version of a model as it was when it was read.
 *
 * @param id its name and number
 * @param draft what was registered; never changes
 * @param stage how far it has come
 * @param aliases names that point to it, sorted
 * @param registered when it was registered
 * @param moved when it came to its stage; when it was registered if it never moved
 */
public record ModelVersion(
    ModelId id,
    ModelDraft draft,
    ModelStage stage,
    Set<String> aliases,
    Instant registered,
    Instant moved) {
  /** Copies the aliases. */
  public ModelVersion {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(stage, "stage");
    aliases = Collections.unmodifiableSet(new TreeSet<>(aliases));
    Objects.requireNonNull(registered, "registered");
    Objects.requireNonNull(moved, "moved");
  }
}
