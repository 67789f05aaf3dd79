package io.qilin.agents.memory;

import java.util.Optional;

/**
 * Says what is to be learnt from a recommendation when it is known what became of it; {@link
 * ModelReflection} asks a language model. What it says reaches models as data.
 */
@FunctionalInterface
public interface Reflection {
  /** Says nothing. */
  Reflection NONE = entry -> Optional.empty();

  /**
   * What is to be learnt, at most 2000 characters; empty for nothing.
   *
   * @param entry a resolved entry
   */
  Optional<String> on(MemoryEntry entry);
}
