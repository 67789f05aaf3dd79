package io.qilin.data.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.PanelFingerprint;
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
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final TableSchema SCHEMA = new TableSchema(List.of(
      new TableField("x", ColumnType.FLOAT64),
      new TableField("day", ColumnType.DATE),
      new TableField("at", ColumnType.TIMESTAMP),
      new TableField("who", ColumnType.TEXT),
      new TableField("on", ColumnType.BOOLEAN)));

  @Test
  void whenBytesAreHashed_thenItIsTheSha256OfFips180() {
    assertThat(ContentHash.ofBytes("abc".getBytes(StandardCharsets.UTF_8)).hex())
        .isEqualTo(ABC);
    assertThat(ContentHash.ofText("abc")).hasToString("sha256:" + ABC);
    assertThat(ContentHash.parse("sha256:" + ABC)).isEqualTo(ContentHash.parse(ABC));
    assertThatThrownBy(() -> ContentHash.parse("sha256:XYZ"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("64");
  }

  @Test
  void whenPanelsAreEqual_thenSoAreTheirHashes_andAdjustmentCounts() {
    Panel panel = Panels.random(5, 30, 1);
    assertThat(ContentHash.of(panel)).isEqualTo(ContentHash.of(Panels.random(5, 30, 1)));
    assertThat(ContentHash.of(panel).hex()).isEqualTo(PanelFingerprint.of(panel));
    assertThat(ContentHash.of(panel.withAdjustment(Adjustment.BACKWARD)))
        .isNotEqualTo(ContentHash.of(panel));
  }

  @Test
  void whenNotANumberHasOtherBits_thenTheHashIsTheSame() {
    double odd = Double.longBitsToDouble(0x7ff8_0000_0000_1234L);
    Panel one = Panels.closes(1, Double.NaN, 3);
    Panel other = one.with(Field.CLOSE, (i, d) -> d == 1 ? odd : d + 1);
    assertThat(ContentHash.of(other)).isEqualTo(ContentHash.of(one));
    assertThat(ContentHash.of(Panels.closes(1, 0.0)))
        .isNotEqualTo(ContentHash.of(Panels.closes(1, -0.0)));
  }

  @Property(tries = 60)
  void whenATableIsCutOtherwise_thenTheHashIsTheSame(
      @ForAll @IntRange(min = 1, max = 40) int rows, @ForAll long seed) {
    TableBatch table = table(rows, seed);
    ContentHash whole = new TableHash(SCHEMA).add(table).hash();
    int cut = Math.floorMod(seed, rows);
    int[] first = IntStream.range(0, cut).toArray();
    int[] rest = IntStream.range(cut, rows).toArray();
    assertThat(new TableHash(SCHEMA)
            .add(table.select(first))
            .add(table.select(rest))
            .hash())
        .isEqualTo(whole);
    int[] swapped = IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
    if (rows > 1) {
      assertThat(new TableHash(SCHEMA).add(table.select(swapped)).hash()).isNotEqualTo(whole);
    }
  }

  private static TableBatch table(int rows, long seed) {
    double[] x = new double[rows];
    int[] day = new int[rows];
    long[] at = new long[rows];
    String[] who = new String[rows];
    boolean[] on = new boolean[rows];
    BitSet missing = new BitSet();
    for (int i = 0; i < rows; i++) {
      x[i] = i % 7 == 3 ? Double.NaN : seed * 0.5 + i;
      day[i] = i;
      at[i] = seed + i;
      who[i] = i % 5 == 4 ? null : "s" + i % 3;
      on[i] = i % 2 == 0;
      missing.set(i, i % 4 == 1);
    }
    List<Column> columns = List.of(
        DoubleColumn.of(x),
        IntColumn.of(ColumnType.DATE, day, missing),
        LongColumn.of(ColumnType.TIMESTAMP, at, missing),
        TextColumn.of(Arrays.asList(who)),
        BooleanColumn.of(ColumnType.BOOLEAN, on, missing));
    return new TableBatch(SCHEMA, columns);
  }

  @Test
  void whenACellIsUnknown_thenItIsNotTheCellThatHidesBelow() {
    TableSchema one = new TableSchema(List.of(new TableField("n", ColumnType.INT32)));
    BitSet missing = new BitSet();
    missing.set(0);
    ContentHash known = hash(one, IntColumn.of(ColumnType.INT32, new int[] {5}));
    ContentHash unknown = hash(one, IntColumn.of(ColumnType.INT32, new int[] {5}, missing));
    ContentHash hidden = hash(one, IntColumn.of(ColumnType.INT32, new int[] {6}, missing));
    assertThat(unknown).isNotEqualTo(known).isEqualTo(hidden);
  }

  private static ContentHash hash(TableSchema schema, Column column) {
    return new TableHash(schema).add(new TableBatch(schema, List.of(column))).hash();
  }

  @Test
  void whenAFolderIsHashed_thenNamesAndBytesCount(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/x.bin"), "1");
    ContentHash before = ContentHash.ofFile(folder.resolve("a"));
    Files.writeString(folder.resolve("a/b/x.bin"), "2");
    ContentHash changed = ContentHash.ofFile(folder.resolve("a"));
    Files.move(folder.resolve("a/b/x.bin"), folder.resolve("a/b/y.bin"));
    assertThat(List.of(before, changed, ContentHash.ofFile(folder.resolve("a"))))
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> ContentHash.ofFile(folder.resolve("none")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }
}
