package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of one type that Arrow Java writes, and cells that no column can hold. */
class ArrowCellsTest {
  @TempDir
  Path folder;

  /** A file of one column {@code c}. */
  private Path file(Function<BufferAllocator, FieldVector> column) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RootAllocator allocator = new RootAllocator();
        FieldVector vector = column.apply(allocator)) {
      VectorSchemaRoot root = VectorSchemaRoot.of(vector);
      try (ArrowFileWriter writer = new ArrowFileWriter(
          root, new DictionaryProvider.MapDictionaryProvider(), Channels.newChannel(out))) {
        writer.writeBatch();
        writer.end();
      }
    }
    return Files.write(folder.resolve("cells.arrow"), out.toByteArray());
  }

  private static List<Object> cells(Path file) {
    return Tables.cells(Tables.read(file, TableScan.ALL).get(0).column("c"));
  }

  private static void assertRefused(Path file, ErrorCode code, String... parts) {
    assertThatThrownBy(() -> cells(file))
        .hasMessageContainingAll(parts)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Path views(List<String> texts, int buffer) throws IOException {
    return file(allocator -> {
      ViewVarCharVector vector = new ViewVarCharVector("c", allocator);
      vector.setInitialCapacity(texts.size(), buffer);
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i) != null) {
          vector.setSafe(i, texts.get(i).getBytes(StandardCharsets.UTF_8));
        }
      }
      vector.setValueCount(texts.size());
      return vector;
    });
  }

  @Test
  void whenTextsAreViewsOfManyBuffers_thenEachIsReadFromItsOwn() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      texts.add(random.nextInt(9) == 0 ? null : "茅".repeat(random.nextInt(9)) + random.nextInt(70));
    }
    // Texts of up to 12 bytes stand in their views.
    texts.addAll(List.of("", "twelve bytes", "thirteen byte", "中".repeat(1000)));
    assertThat(cells(views(texts, 3))).isEqualTo(texts);
  }

  @Test
  void whenAViewLeadsElsewhere_thenTheRowIsNamed() throws IOException {
    Path file = views(List.of("a text of more than twelve bytes", "short"), 2);
    byte[] bytes = Files.readAllBytes(file);
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    // The view of row 0 holds the first four bytes; the text itself has all of them.
    int prefix = start.indexOf("a te\0");
    byte[] other = bytes.clone();
    other[prefix] ^= 1;
    assertRefused(Files.write(file, other), ErrorCode.DATA_FORMAT, "row 0", "other bytes");
    for (int at : new int[] {prefix + 4, prefix + 8}) {
      for (byte value : new byte[] {100, -1}) {
        other = bytes.clone();
        other[at] = value;
        other[at + 3] = (byte) (value >> 7);
        assertRefused(Files.write(file, other), ErrorCode.DATA_FORMAT, "column 'c'", "row 0 is");
      }
    }
    other = bytes.clone();
    other[prefix - 1] = -128;
    assertRefused(Files.write(file, other), ErrorCode.DATA_FORMAT, "column 'c'", "row 0 is");
  }

  @Test
  void whenViewsShareTheirBytesTooOften_thenTheWorkIsLimited() throws IOException {
    int rows = 2000;
    List<String> texts = new ArrayList<>(List.of("x".repeat(40_000)));
    for (int i = 1; i < rows; i++) {
      texts.add("y".repeat(13) + i);
    }
    Path file = views(texts, rows);
    byte[] bytes = Files.readAllBytes(file);
    java.nio.ByteBuffer all = java.nio.ByteBuffer.wrap(bytes);
    all.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int first = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\100\234\0\0xxxx");
    // Every row becomes a view of almost all of the first text, no two alike.
    for (int row = 1; row < rows; row++) {
      all.putInt(first + 16 * row, 40_000 - row);
      all.putInt(first + 16 * row + 4, all.getInt(first + 4));
      all.putInt(first + 16 * row + 8, 0);
      all.putInt(first + 16 * row + 12, row);
    }
    assertRefused(Files.write(file, bytes), ErrorCode.LIMIT_EXCEEDED, "share their bytes");
  }

  @Test
  void whenBytesAreNoText_thenTheRowIsUnsupportedAndTheColumnIsLeftOutWhereThatIsAllowed()
      throws IOException {
    Path file = file(allocator -> {
      VarBinaryVector vector = new VarBinaryVector("c", allocator);
      vector.setSafe(0, new byte[] {'o', 'k'});
      vector.setSafe(1, new byte[] {(byte) 0xff, 0});
      vector.setValueCount(2);
      return vector;
    });
    assertRefused(file, ErrorCode.UNSUPPORTED, "column 'c'", "row 1", "no text in UTF-8");
    assertThatThrownBy(() -> Tables.read(file, TableScan.ALL.readable()))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenDecimalsAreRead_thenTheyAreTheNearestDoublesOfTheirDigits() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<BigDecimal> numbers = new ArrayList<>();
    for (int digits = 1; digits <= 38; digits++) {
      BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
      BigInteger any = new BigInteger(127, new java.util.Random(random.nextLong())).mod(most);
      for (BigInteger unscaled : List.of(most, most.negate(), any, any.negate())) {
        numbers.add(new BigDecimal(unscaled, 6));
      }
    }
    Path file = file(allocator -> {
      DecimalVector vector = new DecimalVector("c", allocator, 38, 6);
      for (int i = 0; i < numbers.size(); i++) {
        vector.setSafe(i, numbers.get(i));
      }
      vector.setValueCount(numbers.size());
      return vector;
    });
    List<Object> expected = new ArrayList<>();
    numbers.forEach(number -> expected.add(Double.parseDouble(number.toString())));
    assertThat(cells(file)).isEqualTo(expected);
  }

  @Test
  void whenADecimalHasMoreDigitsThanItsColumn_thenTheRowIsNamed() throws IOException {
    for (long unscaled : new long[] {10_000, -10_000}) {
      Path file = file(allocator -> {
        DecimalVector vector = new DecimalVector("c", allocator, 4, 2);
        vector.setSafe(0, 9_999);
        vector.setSafe(1, unscaled);
        vector.setValueCount(2);
        return vector;
      });
      assertRefused(file, ErrorCode.DATA_FORMAT, "column 'c'", "row 1", "4 digits");
    }
  }

  @Test
  void whenATimeIsTheEndOfTheDay_thenItIsReadButNotWritten() throws IOException {
    assertThat(cells(seconds(86_400))).isEqualTo(List.of(ShanghaiClock.DAY));
    assertRefused(seconds(86_401), ErrorCode.DATA_FORMAT, "column 'c'", "row 0");
    assertRefused(seconds(-1), ErrorCode.DATA_FORMAT, "column 'c'", "row 0");
    TableSchema schema = new TableSchema(List.of(new TableField("c", ColumnType.TIME)));
    for (long time : new long[] {-1, ShanghaiClock.DAY}) {
      TableBatch batch =
          new TableBatch(schema, List.of(LongColumn.of(ColumnType.TIME, new long[] {0, time})));
      assertThatThrownBy(() -> Tables.write(folder.resolve("t.arrow"), schema, List.of(batch)))
          .hasMessageContainingAll("column 'c', row 1", String.valueOf(time))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    assertThat(folder.resolve("t.arrow")).doesNotExist();
  }

  private Path seconds(int time) throws IOException {
    return file(allocator -> {
      TimeSecVector vector = new TimeSecVector("c", allocator);
      vector.setSafe(0, time);
      vector.setValueCount(1);
      return vector;
    });
  }
}
