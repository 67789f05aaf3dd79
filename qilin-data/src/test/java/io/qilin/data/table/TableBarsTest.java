package io.qilin.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.VolumeUnit;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableBarsTest {
  private static final int DAY = (int) LocalDate.of(2024, 1, 2).toEpochDay();
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  @Property(tries = 40)
  void whenAPanelIsWrittenAndReadAgain_thenTheBitsAreTheSame(
      @ForAll @IntRange(min = 1, max = 12) int instruments,
      @ForAll @IntRange(min = 2, max = 60) int days,
      @ForAll long seed,
      @ForAll Adjustment adjustment)
      throws java.io.IOException {
    Panel random = Panels.random(instruments, days, seed);
    MemoryFormat format = new MemoryFormat();
    Path file = java.nio.file.Files.createTempFile("qilin", ".mem");
    TableBarsWriter.write(format, file, random);
    Panel panel = TableBars.builder(format, file)
        .generic()
        .adjustment(adjustment)
        .build()
        .read(BarQuery.ALL)
        .panel();
    TableBarsWriter.write(format, file, panel);
    Bars again = TableBars.builder(format, file).generic().build().read(BarQuery.ALL);
    java.nio.file.Files.delete(file);
    assertThat(Panels.difference(panel, again.panel())).isEmpty();
    assertThat(again.panel().adjustment()).isEqualTo(adjustment);
    assertThat(again.findings()).isEmpty();
  }

  @Nested
  class OfATable {
    private final MemoryFormat format = new MemoryFormat();
    private final Map<String, Column> columns = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
      columns.put("datetime", IntColumn.of(ColumnType.DATE, new int[] {DAY, DAY + 1, DAY}));
      columns.put("instrument", TextColumn.of(List.of("SH600519", "600519.SH", "sz000001")));
      for (String price : List.of("open", "high", "low", "close")) {
        columns.put(price, DoubleColumn.of(new double[] {10, 11, 20}));
      }
      columns.put("volume", LongColumn.of(ColumnType.INT64, new long[] {100, 200, 300}));
    }

    private TableBatch batch() {
      List<TableField> fields = new ArrayList<>();
      columns.forEach((name, column) -> fields.add(new TableField(name, column.type())));
      return new TableBatch(new TableSchema(fields), List.copyOf(columns.values()));
    }

    @Test
    void whenANumberIsWholeInOneFileAndNotInAnother_thenTheFolderIsRead() {
      format.put(folder.resolve("a.mem"), batch());
      columns.put("datetime", IntColumn.of(ColumnType.DATE, new int[] {DAY + 5, DAY + 6, DAY + 5}));
      columns.put("volume", DoubleColumn.of(new double[] {400, Double.NaN, 500}));
      format.put(folder.resolve("b.mem"), batch());
      Panel panel =
          TableBars.builder(format, folder).generic().build().read(BarQuery.ALL).panel();
      assertThat(panel.days()).hasSize(4);
      assertThat(panel.value(Field.VOLUME, panel.indexOf(Symbol.parse("600519.SH")), 2))
          .isEqualTo(400);
    }

    private TableBars.Builder reader() {
      return TableBars.builder(format, format.put(folder.resolve("bars.mem"), batch()));
    }

    private Panel read() {
      return reader().build().read(BarQuery.ALL).panel();
    }

    @Test
    void whenTypesAreUsual_thenTheBarsAreRead() {
      columns.put("st", BooleanColumn.of(ColumnType.BOOLEAN, new boolean[] {true, false, true}));
      columns.put("rank", IntColumn.of(ColumnType.INT32, new int[] {1, 2, 3}, bits(1)));
      columns.put("name", TextColumn.of(Arrays.asList("茅台", null, "平安")));
      Bars bars = reader().build().read(BarQuery.ALL);
      Panel panel = bars.panel();
      int maotai = panel.indexOf(Panels.SYMBOL);
      assertThat(panel.symbols()).hasSize(2);
      assertThat(panel.values(Field.CLOSE, maotai)).containsExactly(10, 11);
      assertThat(panel.values(Field.VOLUME, maotai)).containsExactly(100, 200);
      assertThat(panel.values(Field.of("st"), maotai)).containsExactly(1, 0);
      assertThat(panel.values(Field.of("rank"), maotai)).containsExactly(1, Double.NaN);
      assertThat(panel.has(Field.of("name"))).isFalse();
      assertThat(bars.findings())
          .anyMatch(
              f -> f.rule().equals("column-left-out") && f.message().contains("'name' holds TEXT"));
      assertThat(bars.provenance().provider()).isEqualTo("memory");
    }

    @Test
    void whenDaysAreMomentsTextsOrNumbers_thenTheyAreTheSameDays() {
      Panel expected = read();
      long[] utc = new long[3];
      long[] shanghai = new long[3];
      int[] days = {DAY, DAY + 1, DAY};
      for (int i = 0; i < 3; i++) {
        utc[i] = days[i] * NANOS_OF_DAY;
        shanghai[i] = utc[i] - 8 * NANOS_OF_DAY / 24;
      }
      for (Column column : List.of(
          LongColumn.of(ColumnType.TIMESTAMP, utc),
          LongColumn.of(ColumnType.TIMESTAMP, shanghai),
          TextColumn.of(List.of("2024-01-02", "20240103", "2024/01/02")),
          IntColumn.of(ColumnType.INT32, new int[] {20240102, 20240103, 20240102}),
          LongColumn.of(ColumnType.INT64, new long[] {20240102, 20240103, 20240102}))) {
        columns.put("datetime", column);
        assertThat(Panels.difference(expected, read())).as(column.type().name()).isEmpty();
        Panel part = reader()
            .build()
            .read(BarQuery.ALL.knownAt(
                LocalDate.of(2024, 1, 2).atTime(7, 30).toInstant(ZoneOffset.UTC)))
            .panel();
        assertThat(part.days()).containsExactly(LocalDate.of(2024, 1, 2));
      }
    }

    @Test
    void whenACellIsBad_thenFileRowAndColumnAreNamed() {
      refused("datetime", IntColumn.of(ColumnType.DATE, new int[3], bits(1)), "row 2", "missing");
      refused("datetime", IntColumn.of(ColumnType.DATE, new int[] {DAY, DAY, 1 << 30}), "row 3");
      refused(
          "datetime", IntColumn.of(ColumnType.INT32, new int[] {20240102, 7, 0}), "row 2", "'7'");
      refused(
          "datetime",
          LongColumn.of(ColumnType.TIMESTAMP, new long[] {NANOS_OF_DAY * DAY + 1, 0, 0}),
          "row 1",
          "daily bars");
      refused("datetime", DoubleColumn.of(new double[3]), "FLOAT64");
      refused("instrument", TextColumn.of(Arrays.asList("SH600519", null, "x")), "row 2");
      refused("instrument", TextColumn.of(List.of("SH600519", "SH600519", "茅台")), "row 3", "茅台");
      refused("instrument", IntColumn.of(ColumnType.INT32, new int[3]), "INT32", "600519.SH");
      refused("close", TextColumn.of(List.of("1", "2", "3")), "TEXT", "numbers");
      refused("close", DoubleColumn.of(new double[] {1, 2, 1 / 0.0}), "row 3", "infinite");
      refused(
          "volume",
          LongColumn.of(ColumnType.INT64, new long[] {1, (1L << 53) + 1, 3}),
          "row 2",
          "exactly");
      refused("adjustment", TextColumn.of(List.of("RAW", "RAW", "QFQ")), "QFQ");
      refused("adjustment", TextColumn.of(List.of("RAW", "RAW", "FORWARD")), "others RAW");
      columns.remove("adjustment");
      columns.remove("close");
      assertThatThrownBy(this::read).hasMessageContaining("close is missing");
    }

    private void refused(String name, Column column, String... parts) {
      Column right = columns.put(name, column);
      assertThatThrownBy(this::read).isInstanceOfSatisfying(QilinException.class, e -> {
        assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
        assertThat(e.getMessage()).contains("bars.mem", name).contains(parts);
      });
      if (right == null) {
        columns.remove(name);
      } else {
        columns.put(name, right);
      }
    }

    @Test
    void whenNothingIsToBeFoundOut_thenTheQueryIsHandedToTheFormat() {
      TableBars reader = reader().generic().build();
      BarQuery query = BarQuery.ALL
          .withSymbols(Set.of(Panels.SYMBOL))
          .between(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 31));
      Panel panel = reader.read(query).panel();
      assertThat(panel.values(Field.CLOSE, 0)).containsExactly(11);
      TableScan scan = format.scans.get(format.scans.size() - 1);
      assertThat(scan.filters()).hasSize(2);
      assertThat(scan.columns()).doesNotContain("name").contains("close", "datetime");
      TableFilter.Texts texts = (TableFilter.Texts) scan.filters().get(1);
      assertThat(texts.texts())
          .contains("SH600519", "sh600519", "600519.SH", "600519.SS", "600519.sh", "Ss600519")
          .allMatch(text -> Symbol.parseAny(text).equals(Panels.SYMBOL));

      reader().build().read(query);
      assertThat(format.scans.get(format.scans.size() - 1).filters()).isEmpty();
    }

    @Test
    void whenUnitsAreGiven_thenVolumeIsShares() {
      Panel panel = reader()
          .volumeUnit(VolumeUnit.LOTS)
          .column("volume", Field.VOLUME)
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(panel.values(Field.VOLUME, panel.indexOf(Panels.SYMBOL)))
          .containsExactly(10_000, 20_000);
    }

    @Test
    void whenARowRepeats_thenTheFindingNamesTheRows() {
      columns.put("instrument", TextColumn.of(List.of("SH600519", "SH600519", "SH600519")));
      Bars bars = reader().build().read(BarQuery.ALL);
      assertThat(bars.findings())
          .anyMatch(f -> f.rule().equals("conflicting-row")
              && f.message().contains("bars.mem, row 3")
              && f.message().contains("bars.mem, row 1"));
    }

    @Test
    void whenFilesOfAFolderDiffer_thenBothAreNamed() {
      columns.put("instrument", TextColumn.of(List.of("SH600519", "SH600519", "SH600519")));
      columns.put("datetime", IntColumn.of(ColumnType.DATE, new int[] {DAY, DAY + 1, DAY + 2}));
      format.put(folder.resolve("SH600519.mem"), batch());
      columns.remove("instrument");
      format.put(folder.resolve("SZ000001.mem"), batch());
      assertThatThrownBy(() -> TableBars.builder(format, folder).build().read(BarQuery.ALL))
          .hasMessageContaining("SZ000001.mem")
          .hasMessageContaining("SH600519.mem")
          .hasMessageContaining("'instrument' of TEXT");
      format.put(folder.resolve("SH600519.mem"), batch());
      Panel panel = TableBars.builder(format, folder).build().read(BarQuery.ALL).panel();
      assertThat(panel.symbols()).hasSize(2);
      columns.put("volume", TextColumn.of(List.of("1", "2", "3")));
      format.put(folder.resolve("SZ000001.mem"), batch());
      assertThatThrownBy(() -> TableBars.builder(format, folder).build().read(BarQuery.ALL))
          .hasMessageContaining("'volume' of TEXT");
    }

    @Test
    void whenTheFolderIsEmptyOrTheFileMissing_thenThatIsTold() {
      assertThatThrownBy(() -> TableBars.builder(format, folder).build().read(BarQuery.ALL))
          .hasMessageContaining("ends in .mem");
      assertThatThrownBy(
              () -> TableBars.builder(format, folder.resolve("no.mem")).build().read(BarQuery.ALL))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    }

    @Test
    void whenTheGoldenBarsAreTurnedIntoATable_thenTheyReadAsFromCsv() {
      Bars csv =
          CsvBarReader.builder(SharedFiles.golden("cn_input.csv.gz")).build().read(BarQuery.ALL);
      Path file = folder.resolve("cn.mem");
      TableBarsWriter.write(format, file, csv.panel());
      Bars table = TableBars.builder(format, file).build().read(BarQuery.ALL);
      assertThat(Panels.difference(csv.panel(), table.panel())).isEmpty();
      assertThat(table.findings())
          .anyMatch(f -> f.message().contains("SHARES and YUAN") && f.message().contains("30695"));
      Bars judged = TableBars.builder(format, file).ignore("adjustment").build().read(BarQuery.ALL);
      assertThat(judged.panel().adjustment()).isEqualTo(Adjustment.FORWARD);
    }
  }

  private static BitSet bits(int... rows) {
    BitSet bits = new BitSet();
    Arrays.stream(rows).forEach(bits::set);
    return bits;
  }
}
