package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowFileWriterTest {
  private static final List<ArrowField> FIELDS = List.of(
      new ArrowField("close", ArrowType.FLOAT64),
      new ArrowField("volume", ArrowType.INT64),
      new ArrowField("day", ArrowType.DATE32),
      new ArrowField("at", ArrowType.TIMESTAMP_MICROS),
      new ArrowField("名称", ArrowType.UTF8));

  @TempDir
  Path folder;

  private static List<ArrowColumn> columns(
      double[] closes,
      long[] volumes,
      BitSet missing,
      List<LocalDate> days,
      List<Instant> moments,
      List<String> names) {
    return List.of(
        ArrowColumn.doubles(closes),
        ArrowColumn.longs(volumes, missing),
        ArrowColumn.dates(days),
        ArrowColumn.timestamps(moments),
        ArrowColumn.texts(names));
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  private static List<ArrowColumn> twoRows() {
    return columns(
        new double[] {10.5, Double.NaN},
        new long[] {7, Long.MIN_VALUE},
        bits(0),
        Arrays.asList(LocalDate.of(1969, 12, 31), null),
        Arrays.asList(null, Instant.parse("2024-01-02T07:00:00.123456789Z")),
        Arrays.asList("贵州茅台 😀", null));
  }

  private static void write(Path target, List<ArrowField> fields, List<List<ArrowColumn>> batches) {
    try (ArrowFileWriter out = ArrowFileWriter.open(target, fields)) {
      batches.forEach(out::batch);
      out.commit();
    }
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenWritten_thenArrowReadsTheSameTypesAndCells() throws IOException {
    Path file = folder.resolve("a.arrow");
    write(file, FIELDS, List.of(twoRows()));
    ArrowRead read = ArrowRead.of(file);
    assertThat(read.schema())
        .containsExactly(
            "close: FloatingPoint(DOUBLE)",
            "volume: Int(64, true)",
            "day: Date(DAY)",
            "at: Timestamp(MICROSECOND, UTC)",
            "名称: Utf8");
    assertThat(read.batches()).hasSize(1);
    assertThat(read.batches().get(0))
        .containsExactly(
            Arrays.asList(10.5, null),
            Arrays.asList(null, Long.MIN_VALUE),
            Arrays.asList(-1, null),
            Arrays.asList(null, 1_704_178_800_123_456L),
            Arrays.asList("贵州茅台 😀", null));
  }

  @Test
  void whenThereAreSeveralBatches_thenTheyComeInTheirOrderEmptyOnesToo() throws IOException {
    Path file = folder.resolve("b.arrow");
    List<ArrowField> fields = List.of(new ArrowField("x", ArrowType.INT64));
    write(
        file,
        fields,
        List.of(
            List.of(ArrowColumn.longs(new long[] {1, 2, 3})),
            List.of(ArrowColumn.longs(new long[0])),
            List.of(ArrowColumn.longs(new long[] {4}))));
    assertThat(ArrowRead.of(file).batches())
        .containsExactly(List.of(List.of(1L, 2L, 3L)), List.of(List.of()), List.of(List.of(4L)));
  }

  @Test
  void whenThereIsNoBatch_thenTheSchemaIsStillThere() throws IOException {
    Path file = folder.resolve("c.arrow");
    write(file, FIELDS, List.of());
    assertThat(ArrowRead.of(file).schema()).hasSize(5);
    assertThat(ArrowRead.of(file).batches()).isEmpty();
  }

  @Test
  void whenWrittenTwice_thenTheBytesAreTheSameAndTheFrameIsThere() throws IOException {
    Path first = folder.resolve("d.arrow");
    Path second = folder.resolve("e.arrow");
    write(first, FIELDS, List.of(twoRows()));
    write(second, FIELDS, List.of(twoRows()));
    byte[] bytes = Files.readAllBytes(first);
    assertThat(bytes).isEqualTo(Files.readAllBytes(second));
    assertThat(bytes).startsWith("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII));
    assertThat(bytes).endsWith("ARROW1".getBytes(StandardCharsets.US_ASCII));
  }

  @Property(tries = 200)
  void whenAnyCellsAreWritten_thenTheyAreReadBack(
      @ForAll @Size(max = 70) List<@WithNull(0.2) String> texts,
      @ForAll @Size(max = 70) List<Double> numbers)
      throws IOException {
    List<String> names = new ArrayList<>(texts.subList(0, Math.min(texts.size(), numbers.size())));
    names.replaceAll(text -> text == null || encodes(text) ? text : "half");
    double[] values =
        numbers.stream().limit(names.size()).mapToDouble(Double::doubleValue).toArray();
    Path file = Files.createTempFile("table", ".arrow");
    try {
      write(
          file,
          List.of(new ArrowField("t", ArrowType.UTF8), new ArrowField("n", ArrowType.FLOAT64)),
          List.of(List.of(ArrowColumn.texts(names), ArrowColumn.doubles(values))));
      List<Object> read = new ArrayList<>();
      Arrays.stream(values).forEach(value -> read.add(Double.isNaN(value) ? null : value));
      assertThat(ArrowRead.of(file).batches())
          .containsExactly(List.of(new ArrayList<Object>(names), read));
    } finally {
      Files.delete(file);
    }
  }

  private static boolean encodes(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Test
  void whenNotCommitted_thenThereIsNoFile() throws IOException {
    try (ArrowFileWriter out = ArrowFileWriter.open(folder.resolve("f.arrow"), FIELDS)) {
      out.batch(twoRows());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whenTheColumnsDoNotFit_thenTheMessageNamesTheColumn() {
    List<ArrowField> fields =
        List.of(new ArrowField("x", ArrowType.INT64), new ArrowField("y", ArrowType.FLOAT64));
    ArrowColumn x = ArrowColumn.longs(new long[] {1});
    try (ArrowFileWriter out = ArrowFileWriter.open(folder.resolve("g.arrow"), fields)) {
      assertInvalid(() -> out.batch(List.of(x)));
      assertInvalid(() -> out.batch(List.of(x, x)));
      assertThatThrownBy(() -> out.batch(List.of(x, ArrowColumn.doubles(new double[2]))))
          .hasMessageContaining("column 'y' has 2 rows of FLOAT64, it should have 1 of FLOAT64");
      out.batch(List.of(x, ArrowColumn.doubles(new double[1])));
      out.commit();
      assertInvalid(() -> out.batch(List.of(x, x)));
      assertInvalid(out::commit);
    }
  }

  @Test
  void whenTheFieldsAreNoTable_thenTheyAreRefused() {
    ArrowField x = new ArrowField("x", ArrowType.INT64);
    Path file = folder.resolve("h.arrow");
    assertInvalid(() -> ArrowFileWriter.open(file, List.of()));
    assertInvalid(() -> ArrowFileWriter.open(file, List.of(x, x)));
    assertInvalid(() -> new ArrowField("", ArrowType.INT64));
    assertInvalid(() -> new ArrowField("\ud800", ArrowType.INT64));
  }

  @Test
  void whenACellCannotBeHeld_thenItIsRefused() {
    assertInvalid(() -> ArrowColumn.texts(List.of("\ud800")));
    assertInvalid(() -> ArrowColumn.longs(new long[2], bits(2)));
    for (ThrowingCallable tooFar : List.<ThrowingCallable>of(
        () -> ArrowColumn.dates(List.of(LocalDate.MAX)),
        () -> ArrowColumn.timestamps(List.of(Instant.MAX)))) {
      assertThatThrownBy(tooFar)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
  }

  @Test
  void whenTheFolderIsMissing_thenThatIsAnIoError() {
    assertThatThrownBy(() -> ArrowFileWriter.open(folder.resolve("no/a.arrow"), FIELDS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
  }
}
