package io.qilin.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrowBridgeTest {
  private final BufferAllocator allocator = ArrowBridge.allocator(1 << 24);

  @AfterEach
  void everyByteIsGivenBack() {
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  private static BitSet second() {
    BitSet bits = new BitSet();
    bits.set(1);
    return bits;
  }

  private static TableBatch batch() {
    List<Column> columns = List.of(
        DoubleColumn.of(new double[] {1.5, Double.NaN, -0.0}),
        IntColumn.of(ColumnType.INT32, new int[] {1, 0, Integer.MIN_VALUE}, second()),
        LongColumn.of(ColumnType.INT64, new long[] {1, 0, Long.MAX_VALUE}, second()),
        IntColumn.of(ColumnType.DATE, new int[] {19_724, 0, -1}, second()),
        LongColumn.of(ColumnType.TIMESTAMP, new long[] {1, 0, Long.MIN_VALUE}, second()),
        LongColumn.of(ColumnType.TIME, new long[] {1, 0, 86_399_999_999_999L}, second()),
        TextColumn.of(Arrays.asList("贵州茅台", null, "")),
        BooleanColumn.of(ColumnType.BOOLEAN, new boolean[] {true, false, false}, second()));
    List<TableField> fields = columns.stream()
        .map(column -> new TableField(column.type().name(), column.type()))
        .toList();
    return new TableBatch(new TableSchema(fields), columns);
  }

  private static double firstClose(TableBatch batch) {
    try (BufferAllocator allocator = ArrowBridge.allocator(1L << 30);
        VectorSchemaRoot root = ArrowBridge.exportBatch(batch, allocator)) {
      TableBatch copy = ArrowBridge.importBatch(root);
      DoubleBuffer closes = ArrowBridge.view((Float8Vector) root.getVector("close"));
      return copy.rows() == 0 ? Double.NaN : closes.get(0);
    }
  }

  @Test
  void whenTheProgramOfTheReadmeRuns_thenItSeesTheFirstClose() {
    TableSchema schema = new TableSchema(List.of(new TableField("close", ColumnType.FLOAT64)));
    DoubleColumn closes = DoubleColumn.of(new double[] {10.5, 11});
    assertThat(firstClose(new TableBatch(schema, List.of(closes)))).isEqualTo(10.5);
  }

  private static void assertCode(ErrorCode code, Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenABatchIsExported_thenArrowHasItsCellsAndImportingGivesTheSameBatch() {
    try (VectorSchemaRoot root = ArrowBridge.exportBatch(batch(), allocator)) {
      root.getFieldVectors().forEach(FieldVector::validateFull);
      assertThat(root.getRowCount()).isEqualTo(3);
      assertThat(root.getVector("FLOAT64").getObject(0)).isEqualTo(1.5);
      assertThat(root.getFieldVectors()).allMatch(vector -> vector.isNull(1));
      TableBatch back = ArrowBridge.importBatch(root);
      assertThat(back.schema()).isEqualTo(batch().schema());
      try (VectorSchemaRoot again = ArrowBridge.exportBatch(back, allocator)) {
        assertThat(again.equals(root)).isTrue();
      }
    }
  }

  @Test
  void whenVectorsAreOfOtherWidths_thenTheyAreWidened() {
    try (Float4Vector floats = new Float4Vector("f", allocator);
        UInt4Vector uint = new UInt4Vector("u", allocator);
        TimeSecVector time = new TimeSecVector("t", allocator);
        TimeStampMilliVector at = new TimeStampMilliVector("a", allocator)) {
      floats.setSafe(0, 1.5f);
      uint.setSafe(0, -1);
      time.setSafe(0, 3);
      at.setSafe(0, 7);
      List<FieldVector> vectors = List.of(floats, uint, time, at);
      vectors.forEach(vector -> vector.setValueCount(1));
      TableBatch read = ArrowBridge.importBatch(new VectorSchemaRoot(vectors));
      assertThat(((DoubleColumn) read.column("f")).value(0)).isEqualTo(1.5);
      assertThat(((LongColumn) read.column("u")).value(0)).isEqualTo(4_294_967_295L);
      assertThat(((LongColumn) read.column("t")).value(0)).isEqualTo(3_000_000_000L);
      assertThat(((LongColumn) read.column("a")).value(0))
          .as("without a zone: a clock in Shanghai")
          .isEqualTo(7_000_000L - 8 * 3_600_000_000_000L);
    }
  }

  @Test
  void whenTextsAreInADictionary_thenTheyKeepTheirWords() {
    DictionaryProvider.MapDictionaryProvider provider =
        new DictionaryProvider.MapDictionaryProvider();
    try (VarCharVector words = new VarCharVector("words", allocator);
        VarCharVector texts = new VarCharVector("symbol", allocator)) {
      words.setSafe(0, "a".getBytes(StandardCharsets.UTF_8));
      words.setSafe(1, "b".getBytes(StandardCharsets.UTF_8));
      words.setValueCount(2);
      texts.setSafe(0, "b".getBytes(StandardCharsets.UTF_8));
      texts.setValueCount(2);
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
      provider.put(dictionary);
      try (FieldVector codes = (FieldVector) DictionaryEncoder.encode(texts, dictionary)) {
        VectorSchemaRoot root = VectorSchemaRoot.of(codes);
        TextColumn read = (TextColumn) ArrowBridge.importBatch(root, provider).column("symbol");
        assertThat(read.words()).containsExactly("a", "b");
        assertThat(read.value(0)).contains("b");
        assertThat(read.isKnown(1)).isFalse();
        assertThatThrownBy(() -> ArrowBridge.importBatch(root))
            .hasMessageContaining("column 'symbol'")
            .satisfies(e -> assertCode(ErrorCode.UNSUPPORTED, e));
      }
    }
  }

  @Test
  void whenACellOrTypeIsNotHeld_thenTheColumnIsNamed() {
    try (DecimalVector decimal = new DecimalVector("price", allocator, 10, 2);
        UInt8Vector large = new UInt8Vector("count", allocator)) {
      decimal.setValueCount(1);
      assertThatThrownBy(() -> ArrowBridge.importBatch(VectorSchemaRoot.of(decimal)))
          .hasMessageContaining("column 'price'")
          .satisfies(e -> assertCode(ErrorCode.UNSUPPORTED, e));
      large.setSafe(0, -1);
      large.setValueCount(1);
      assertThatThrownBy(() -> ArrowBridge.importBatch(VectorSchemaRoot.of(large)))
          .hasMessageContaining("18446744073709551615")
          .satisfies(e -> assertCode(ErrorCode.UNSUPPORTED, e));
    }
  }

  @Test
  void whenAVectorIsViewed_thenNothingIsCopied() {
    try (Float8Vector vector = new Float8Vector("x", allocator)) {
      vector.setSafe(0, 1);
      vector.setSafe(1, 2);
      vector.setValueCount(2);
      DoubleBuffer view = ArrowBridge.view(vector);
      vector.set(1, 7);
      assertThat(view.get(1)).as("the vector's own memory").isEqualTo(7);
      assertThat(view.isReadOnly()).isTrue();
      assertThat(view.remaining()).isEqualTo(2);
      vector.setNull(0);
      assertThatThrownBy(() -> ArrowBridge.view(vector))
          .satisfies(e -> assertCode(ErrorCode.UNSUPPORTED, e));
    }
  }

  @Test
  void whenTheAllocatorIsTooSmall_thenThatIsTypedAndNothingIsKept() {
    TableSchema schema = new TableSchema(
        List.of(new TableField("a", ColumnType.FLOAT64), new TableField("b", ColumnType.FLOAT64)));
    DoubleColumn column = DoubleColumn.of(new double[1 << 20]);
    TableBatch large = new TableBatch(schema, List.of(column, column));
    assertThatThrownBy(() -> ArrowBridge.exportBatch(large, allocator))
        .satisfies(e -> assertCode(ErrorCode.LIMIT_EXCEEDED, e));
    assertThat(allocator.getAllocatedMemory()).isZero();
    assertThatThrownBy(() -> ArrowBridge.allocator(0))
        .satisfies(e -> assertCode(ErrorCode.INVALID_ARGUMENT, e));
  }

  @Test
  void whenAPanelIsExported_thenEachRowOfAnInstrumentIsThere() {
    LocalDate day = LocalDate.of(2024, 1, 2);
    Panel panel = Panel.ofColumns(
        List.of(Symbol.parse("000001.SZ"), Symbol.parse("600519.SH")),
        List.of(day, day.plusDays(1)),
        Adjustment.RAW,
        java.util.Map.of(Field.CLOSE, new double[] {10, Double.NaN, 1700, 1701}));
    try (VectorSchemaRoot root = ArrowBridge.exportPanel(panel, allocator)) {
      assertThat(root.getSchema().getFields()).extracting("name").startsWith("symbol", "date");
      assertThat(root.getVector("symbol").getObject(root.getRowCount() - 1))
          .hasToString("600519.SH");
      Float8Vector close = (Float8Vector) root.getVector(Field.CLOSE.name());
      assertThat(close.get(root.getRowCount() - 1)).isEqualTo(1701);
      assertThat(ArrowBridge.importBatch(root).rows()).isEqualTo(root.getRowCount());
    }
  }

  @Test
  void whenTheFlagIsMissing_thenOneClearErrorNamesIt() throws IOException, InterruptedException {
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            WithoutFlag.class.getName())
        .redirectErrorStream(true)
        .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).isZero();
    assertThat(said)
        .contains("INVALID_CONFIGURATION QILIN-1002")
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED");
  }
}
