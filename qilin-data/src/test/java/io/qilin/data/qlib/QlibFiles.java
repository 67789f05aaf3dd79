package io.qilin.data.qlib;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small stores for tests. */
final class QlibFiles {
  private QlibFiles() {}

  /** A store of three instruments and eight days. */
  static Path store(Path folder) {
    Path store = folder.resolve("store");
    QlibStoreWriter.to(store).write(floats(Panels.random(3, 8, 7)));
    return store;
  }

  /** A store of one instrument, 600001.SH, with three fields and eight days. */
  static Path tiny(Path folder) {
    Path store = folder.resolve("store");
    Panel.Builder panel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 8), Adjustment.BACKWARD);
    for (Field field : List.of(Field.CLOSE, Field.FACTOR, Field.VOLUME)) {
      panel.column(
          Symbol.parse("600001.SH"), field, 0, new double[] {1, 2, 3, 4, 5, Double.NaN, 7, 8});
    }
    QlibStoreWriter.to(store).write(panel.build());
    return store;
  }

  /** The panel with every value rounded to a float. */
  static Panel floats(Panel panel) {
    Panel rounded = panel;
    for (Field field : panel.fields()) {
      rounded = rounded.with(field, (i, day) -> (float) panel.value(field, i, day));
    }
    return rounded;
  }

  /** A file of float32, little-endian. */
  static Path bin(Path file, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return write(file, bytes.array());
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
