package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.HEADER;
import static io.qilin.data.csv.CsvFiles.ROW;
import static io.qilin.data.csv.CsvFiles.assertRefused;
import static io.qilin.data.csv.CsvFiles.gzip;
import static io.qilin.data.csv.CsvFiles.read;
import static io.qilin.data.csv.CsvFiles.readGeneric;
import static io.qilin.data.csv.CsvFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.bars.OffCalendarRows;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvBarReaderTest {
  private static final Symbol MAOTAI = Symbol.parse("600519.SH");
  private static final Symbol PINGAN = Symbol.parse("000001.SZ");
  private static final LocalDate DAY = LocalDate.of(2025, 1, 15);
  private static final Charset GB18030 = Charset.forName("GB18030");

  @TempDir
  Path folder;

  private static double cell(Panel panel, Symbol symbol, LocalDate day, Field field) {
    return panel.value(field, panel.indexOf(symbol), panel.indexOf(day));
  }

  @Nested
  class OneFile {
    @Test
    void whenPlain_thenAllCellsAreThere() {
      Bars bars = read(write(folder, "bars.csv", HEADER + ROW));
      Panel panel = bars.panel();
      assertThat(panel.symbols()).containsExactly(MAOTAI);
      assertThat(panel.days()).containsExactly(DAY);
      assertThat(panel.adjustment()).isEqualTo(Adjustment.RAW);
      assertThat(cell(panel, MAOTAI, DAY, Field.OPEN)).isEqualTo(1500);
      assertThat(cell(panel, MAOTAI, DAY, Field.HIGH)).isEqualTo(1520);
      assertThat(cell(panel, MAOTAI, DAY, Field.LOW)).isEqualTo(1490);
      assertThat(cell(panel, MAOTAI, DAY, Field.CLOSE)).isEqualTo(1510);
      assertThat(cell(panel, MAOTAI, DAY, Field.VOLUME)).isEqualTo(30000);
      assertThat(cell(panel, MAOTAI, DAY, Field.AMOUNT)).isEqualTo(45300000);
      assertThat(bars.rowsRead()).isEqualTo(1);
      assertThat(bars.provenance().toString()).isEqualTo("csv:bars.csv");
    }

    @Test
    void whenWrittenInOtherWays_thenTheSameBars() {
      Panel plain = read(write(folder, "a.csv", HEADER + ROW)).panel();
      String quoted = HEADER + "\"" + ROW.strip().replace(",", "\",\"") + "\"\n";
      List<Path> files = List.of(
          write(folder, "b.csv", (HEADER + ROW).replace("\n", "\r\n")),
          write(folder, "c.csv", (HEADER + ROW).replace('\n', '\r')),
          write(folder, "d.csv", (HEADER + ROW).strip()),
          write(folder, "e.csv", "\ufeff" + HEADER + ROW),
          write(folder, "f.csv", HEADER.toUpperCase(java.util.Locale.ROOT) + "\n" + ROW + "\n"),
          write(folder, "g.csv", quoted),
          write(folder, "h.csv.gz", gzip((HEADER + ROW).getBytes(StandardCharsets.UTF_8))),
          write(folder, "i.csv", gzip((HEADER + ROW).getBytes(StandardCharsets.UTF_8))),
          write(folder, "j.csv", HEADER.replace("code", "\"code\"") + ROW.replace(",", " , ")));
      for (Path file : files) {
        assertThat(CsvGoldenTest.difference(plain, read(file).panel()))
            .as("%s", file)
            .isEmpty();
      }
    }

    @Test
    void whenColumnsAreInAnotherOrderAndNamedByVendors_thenTheyAreFound() {
      Panel tushare = read(write(folder, "t.csv", """
                      trade_date,pre_close,vol,close,low,high,open,ts_code,amount,pct_chg
                      20250115,1490,300,1510,1490,1520,1500,600519.SH,45300,1.34
                      """)).panel();
      assertThat(cell(tushare, MAOTAI, DAY, Field.PRE_CLOSE)).isEqualTo(1490);
      assertThat(cell(tushare, MAOTAI, DAY, Field.VOLUME)).isEqualTo(300);
      assertThat(cell(tushare, MAOTAI, DAY, Field.of("pct_chg"))).isEqualTo(1.34);
      Panel chinese = CsvBarReader.builder(write(folder, "c.csv", """
                      日期,股票代码,开盘,收盘,最高,最低,成交量,成交额,换手率
                      2025/01/15,SH600519,1500,1510,1520,1490,30000,45300000,0.24
                      """, GB18030))
          .charset(GB18030)
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(cell(chinese, MAOTAI, DAY, Field.CLOSE)).isEqualTo(1510);
      assertThat(cell(chinese, MAOTAI, DAY, Field.of("换手率"))).isEqualTo(0.24);
    }

    @Test
    void whenColumnsAreMapped_thenTheMappingWins() {
      Path file = write(folder, "m.csv", """
              who,when,open,high,low,close,last,volume
              600519.SH,2025-01-15,1,4,1,2,3,100
              """);
      Panel panel = CsvBarReader.builder(file)
          .instrumentColumn("WHO")
          .dateColumn("when")
          .column("last", Field.CLOSE)
          .ignore("close")
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(cell(panel, MAOTAI, DAY, Field.CLOSE)).isEqualTo(3);
      assertThat(panel.fields()).doesNotContain(Field.of("last"));
    }

    @Test
    void whenAColumnHoldsText_thenItIsLeftOutAndTold() {
      Bars bars = read(write(
          folder,
          "n.csv",
          HEADER.replace("\n", ",name,turn,note%\n")
              + ROW.replace("\n", ",贵州茅台,0.5,\n")
              + ROW.replace("\n", ",贵州茅台,0.5,\n").replace("15,", "16,")));
      assertThat(bars.panel().fields()).contains(Field.of("turn")).doesNotContain(Field.of("name"));
      assertThat(bars.findings())
          .filteredOn(f -> f.rule().equals("column-left-out"))
          .extracting(QualityFinding::message)
          .hasSize(2)
          .anyMatch(m -> m.contains("n.csv, line 2, column 'name'"))
          .anyMatch(m -> m.contains("'note%'"));
    }

    @Test
    void whenAValueIsMissing_thenNaNAndNeverZero() {
      for (String missing : List.of("", "NaN", "null", "#N/A", "None", "na")) {
        String text = HEADER + ROW.replace("1510.00", missing);
        Panel panel = read(write(folder, "missing.csv", text)).panel();
        assertThat(cell(panel, MAOTAI, DAY, Field.CLOSE)).isNaN();
      }
    }

    @Test
    void whenARowIsRepeated_thenItIsMergedAndTold() {
      Bars bars = read(write(folder, "dup.csv", HEADER + ROW + ROW));
      assertThat(bars.rowsRead()).isEqualTo(2);
      assertThat(bars.panel().days()).hasSize(1);
      assertThat(of(bars, "duplicate-row")).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.WARNING);
        assertThat(f.symbol()).contains(MAOTAI);
        assertThat(f.day()).contains(DAY);
        assertThat(f.message()).contains("dup.csv, line 3", "line 2");
      });
    }

    @Test
    void whenTwoRowsContradict_thenTheFirstStaysAndItIsCritical() {
      String other = ROW.replace("1510.00", "1511.00");
      Bars bars = read(write(folder, "conflict.csv", HEADER + ROW + other));
      assertThat(cell(bars.panel(), MAOTAI, DAY, Field.CLOSE)).isEqualTo(1510);
      assertThat(of(bars, "conflicting-row")).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.CRITICAL);
        assertThat(f.field()).contains(Field.CLOSE);
        assertThat(f.value()).isEqualTo(1511);
        assertThat(f.message()).contains("line 3", "1511", "1510");
      });
    }

    @Test
    void whenDatesDecrease_thenRowsAreSortedAndItIsTold() {
      String earlier = ROW.replace("2025-01-15", "2025-01-14").replace("1510", "1505");
      Bars bars = read(write(folder, "down.csv", HEADER + ROW + earlier));
      assertThat(bars.panel().days()).containsExactly(DAY.minusDays(1), DAY);
      assertThat(cell(bars.panel(), MAOTAI, DAY, Field.CLOSE)).isEqualTo(1510);
      assertThat(of(bars, "decreasing-dates"))
          .singleElement()
          .satisfies(f -> assertThat(f.severity()).isEqualTo(QualitySeverity.INFO));
      Bars mixed =
          read(write(folder, "mixed.csv", HEADER + ROW + earlier + ROW.replace("-15,", "-16,")));
      assertThat(of(mixed, "decreasing-dates"))
          .singleElement()
          .satisfies(f -> assertThat(f.severity()).isEqualTo(QualitySeverity.WARNING));
    }

    @Test
    void whenValuesAreImplausible_thenTheyAreLoadedForTheQualityReport() {
      String odd = "600519.SH,2025-01-15,1600,1520,1490,-1,-30000,1.00\n";
      Panel panel = read(write(folder, "odd.csv", HEADER + odd)).panel();
      assertThat(cell(panel, MAOTAI, DAY, Field.CLOSE)).isEqualTo(-1);
      assertThat(cell(panel, MAOTAI, DAY, Field.VOLUME)).isEqualTo(-30000);
      assertThat(cell(panel, MAOTAI, DAY, Field.AMOUNT)).isEqualTo(1);
    }

    @Test
    void whenQueried_thenOnlyThatPart() {
      Path file = write(
          folder,
          "q.csv",
          HEADER + ROW + ROW.replace("-15,", "-16,") + ROW.replace("600519.SH", "000001.SZ"));
      CsvBarReader reader = CsvBarReader.builder(file).build();
      Bars part = reader.read(BarQuery.ALL.withSymbols(Set.of(MAOTAI)).between(DAY, DAY));
      assertThat(part.panel().symbols()).containsExactly(MAOTAI);
      assertThat(part.panel().days()).containsExactly(DAY);
      assertThat(part.rowsRead()).isEqualTo(1);
      LocalDate later = DAY.plusDays(10);
      assertRefused(
          () -> reader.read(
              new BarQuery(Set.of(), Optional.of(later), Optional.empty(), Optional.empty())),
          ErrorCode.DATA_NOT_FOUND,
          "q.csv",
          "2025-01-15",
          "2025-01-16");
    }

    @Test
    void whenInfinitiesAreInAGenericFile_thenTheyAreValues() {
      Panel panel = readGeneric(
              write(folder, "x.csv", "datetime,instrument,x,y\n2025-01-15,E01,inf,-inf\n"))
          .panel();
      Symbol e01 = Symbol.other("E01");
      assertThat(cell(panel, e01, DAY, Field.of("x"))).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(cell(panel, e01, DAY, Field.of("y"))).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Nested
  class AFolder {
    private static final String OWN = "date,open,high,low,close,volume\n";

    @Test
    void whenFilesAreNamedAfterTheirInstruments_thenTheNameTells() {
      write(folder, "SH600519.csv", OWN + "2025-01-15,1,2,1,2,100\n");
      write(
          folder,
          "000001.SZ.csv.gz",
          gzip((OWN + "20250116,3,4,3,4,200\n").getBytes(StandardCharsets.UTF_8)));
      write(folder, "README.md", "not data");
      Panel panel = read(folder).panel();
      assertThat(panel.symbols()).containsExactly(PINGAN, MAOTAI);
      assertThat(cell(panel, PINGAN, DAY.plusDays(1), Field.CLOSE)).isEqualTo(4);
      assertThat(cell(panel, PINGAN, DAY, Field.CLOSE)).isNaN();
      assertThat(panel.firstRow(0)).isEqualTo(1);
    }

    @Test
    void whenFilesHaveDifferentColumns_thenMissingOnesAreNaN() {
      write(folder, "SH600519.csv", OWN.replace("\n", ",turn\n") + "2025-01-15,1,2,1,2,100,7\n");
      write(folder, "SZ000001.csv", OWN + "2025-01-15,1,2,1,2,100\n");
      Panel panel = read(folder).panel();
      assertThat(cell(panel, MAOTAI, DAY, Field.of("turn"))).isEqualTo(7);
      assertThat(cell(panel, PINGAN, DAY, Field.of("turn"))).isNaN();
    }

    @Test
    void whenAFileHoldsAnotherInstrumentThanItsName_thenRefused() {
      write(folder, "SH600519.csv", HEADER + ROW.replace("600519.SH", "000001.SZ"));
      assertRefused(
          () -> read(folder),
          ErrorCode.DATA_FORMAT,
          "SH600519.csv, line 2, column 'code'",
          "'000001.SZ'");
    }

    @Test
    void whenANameIsNoInstrument_thenTheColumnIsMissed() {
      write(folder, "bars.csv", OWN + "2025-01-15,1,2,1,2,100\n");
      assertRefused(() -> read(folder), ErrorCode.DATA_FORMAT, "bars.csv, line 1", "instrument");
    }

    @Test
    void whenGeneric_thenAnyNameIsAnInstrument() {
      write(folder, "MSFT.csv", "date,close\n2025-01-15,400\n");
      assertThat(readGeneric(folder).panel().symbols()).containsExactly(Symbol.other("MSFT"));
    }

    @Test
    void whenOneInstrumentIsAskedFor_thenItsBarsDoNotDependOnTheQuery() {
      StringBuilder lots = new StringBuilder("date,open,high,low,close,volume,amount\n");
      for (int i = 1; i <= 25; i++) {
        lots.append(LocalDate.of(2025, 1, i)).append(",10,10.2,9.9,10,100,100000\n");
      }
      write(folder, "SH600519.csv", lots.toString());
      write(
          folder,
          "SZ000001.csv",
          "date,open,high,low,close,volume,amount\n2025-01-15,10,10.2,9.9,10,100,100000\n");
      CsvBarReader reader = CsvBarReader.builder(folder).build();
      Panel one = reader.read(BarQuery.ALL.withSymbols(Set.of(PINGAN))).panel();
      assertThat(cell(one, PINGAN, DAY, Field.VOLUME)).isEqualTo(10_000);
    }

    @Test
    void whenThereIsNoCsvFile_thenNotFound() throws IOException {
      Path empty = Files.createDirectory(folder.resolve("empty"));
      assertRefused(() -> read(empty), ErrorCode.DATA_NOT_FOUND, "empty", ".csv");
    }
  }

  @Nested
  class ACalendar {
    private final List<LocalDate> days = List.of(DAY.minusDays(1), DAY, DAY.plusDays(1));

    private CsvBarReader.Builder reader(String rows) {
      return CsvBarReader.builder(write(folder, "cal.csv", HEADER + rows))
          .calendar(TradingCalendar.of(days, days.get(0), days.get(2)));
    }

    @Test
    void whenADayHasNoRow_thenItIsARowOfNaN() {
      String rows = ROW.replace("-15,", "-14,") + ROW.replace("-15,", "-16,");
      Panel panel = reader(rows).build().read(BarQuery.ALL).panel();
      assertThat(panel.days()).isEqualTo(days);
      assertThat(cell(panel, MAOTAI, DAY, Field.CLOSE)).isNaN();
    }

    @Test
    void whenARowIsOutside_thenRefusedOrTold() {
      String rows = ROW + ROW.replace("-15,", "-18,");
      assertRefused(
          () -> reader(rows).build().read(BarQuery.ALL),
          ErrorCode.DATE_OUT_OF_RANGE,
          "cal.csv, line 3",
          "2025-01-18");
      Bars bars = reader(rows).offCalendar(OffCalendarRows.REPORT).build().read(BarQuery.ALL);
      assertThat(bars.panel().days()).containsExactly(DAY);
      assertThat(of(bars, "row-outside-calendar")).hasSize(1);
    }

    @Test
    void whenInstrumentsAreGiven_thenTheirSpansCount() {
      Panel panel = reader(ROW)
          .instruments(Map.of(MAOTAI, new InstrumentSpan(days.get(0), days.get(2))))
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(panel.days()).isEqualTo(days);
      assertThat(panel.endRow(0) - panel.firstRow(0)).isEqualTo(3);
      Bars bars = reader(ROW + ROW.replace("600519.SH", "000001.SZ"))
          .instruments(Map.of(
              MAOTAI,
              new InstrumentSpan(DAY, DAY),
              Symbol.parse("600000.SH"),
              new InstrumentSpan(DAY, DAY)))
          .offCalendar(OffCalendarRows.REPORT)
          .build()
          .read(BarQuery.ALL);
      assertThat(bars.panel().symbols()).containsExactly(MAOTAI);
      assertThat(of(bars, "row-outside-calendar")).hasSize(1);
      assertThat(of(bars, "instrument-without-rows")).hasSize(1);
    }

    @Test
    void whenQlibsFilesAreNamed_thenTheyAreRead() {
      Path calendar = write(folder, "day.txt", "2025-01-14\n2025-01-15\n2025-01-16\n");
      Path spans = write(folder, "all.txt", "SH600519\t2025-01-14\t2025-01-15\n");
      Panel panel = CsvBarReader.builder(write(folder, "cal.csv", HEADER + ROW))
          .calendarFile(calendar)
          .instrumentsFile(spans)
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(panel.days()).containsExactly(DAY.minusDays(1), DAY);
      Path bad = write(folder, "bad.txt", "2025-01-15\n2025-01-14\n");
      assertRefused(
          () -> CsvBarReader.builder(folder).calendarFile(bad),
          ErrorCode.DATA_FORMAT,
          "bad.txt, line 2");
      Path worse = write(folder, "worse.txt", "SH600519 2025-01-14\n");
      assertRefused(
          () -> CsvBarReader.builder(folder).instrumentsFile(worse),
          ErrorCode.DATA_FORMAT,
          "worse.txt, line 1");
    }
  }

  private static List<QualityFinding> of(Bars bars, String rule) {
    return bars.findings().stream().filter(f -> f.rule().equals(rule)).toList();
  }
}
