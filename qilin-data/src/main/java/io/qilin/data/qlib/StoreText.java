package io.qilin.data.qlib;

import io.qilin.data.internal.AtomicFile;
import io.qilin.data.internal.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The lists of a store as lines, which are replaced whole. */
final class StoreText {
  private StoreText() {}

  /** The lines of a list that are not blank. */
  static List<String> lines(Path root, String name) {
    Path file = root.resolve(name);
    StorePlaces.refuseLink(root, file);
    return TextLines.readNoLink(file, StorePlaces.of(root, file)).stream()
        .filter(line -> !line.isBlank())
        .toList();
  }

  static void write(Path file, List<String> lines) {
    write(file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  static void write(Path file, String text) {
    try (AtomicFile out = AtomicFile.create(file)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(file, e);
    }
  }
}
