package io.qilin.ops.reload;

import io.qilin.ops.config.ConfigLoader;
import java.nio.file.Path;

/** Loaders of {@link Pair}. */
final class Pairs {
  private Pairs() {}

  static ConfigLoader<Pair> loader(Path file) {
    return ConfigLoader.builder(Pair.class).file(file).build();
  }
}
