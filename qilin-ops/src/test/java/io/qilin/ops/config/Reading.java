package io.qilin.ops.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads texts as if they were files, without a disk. */
final class Reading {
  private Reading() {}

  static <T> Loaded<T> load(Class<T> type, Map<String, String> files) {
    Loading loading = loading(type);
    files.forEach(
        (name, text) -> loading.add(Path.of("/" + name), text.getBytes(StandardCharsets.UTF_8)));
    return loading.run(List.of(), type);
  }

  static <T> Loaded<T> load(Class<T> type, Path file, byte[] bytes) {
    Loading loading = loading(type);
    loading.add(file, bytes);
    return loading.run(List.of(), type);
  }

  private static Loading loading(Class<?> type) {
    return new Loading(
        RecordShape.of(type),
        List.of(),
        new SecretRule(Optional.empty(), false),
        ConfigLimits.DEFAULT);
  }
}
