package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that pass by the parser beside the same rows from the parser: the same cells, the same errors. */
class PlainRowsTest {
  private static final String HEAD = "day,instrument,close,volume,count,open,at,note\n";
  private static final String[][] CELLS = {
    {"2024-01-31", "2024/02/29", "20240131", "", " 2024-01-31", "2024-02-30", "2024-01-31 00:00"},
    {"600519.SH", "000001.SZ", "", "'=1", "\"600519.SH\"", "贵州", " a ", "0"},
    {"1.5", "-0", "", "0.1000000000000000055", "1e-7", "NaN", "007", "1 ", "\"2\"", "x"},
    {"100", "12345678901234567890123", "null", "+3", "1E9", "9007199254740993", "inf", "1,2"},
    {"9007199254740993", "-5", "", "NA", "1.5", "99999999999999999999", "\"7\""},
    {"true", "false", "", "1", "TRUE", "maybe", "\"true\""},
    {"2024-01-31 09:30:00", "2024-01-31T01:30:00Z", "", "2024-01-31 25:00:00"},
    {"", "plain text", "\"two\nlines\"", "\"a \"\"quoted\"\" word\"", "\"\"", "a\"b", "\"open"}
  };

  private static final List<String> ENDS = List.of("\n", "\r\n", "\r\n", "\r", "\n\n", ",\n", "");

  @TempDir
  Path folder;

  /** Rows whose cells are mostly the ones at the beginning of their lists, which are right. */
  private static String rows(SplittableRandom random) {
    StringBuilder rows = new StringBuilder();
    for (int row = random.nextInt(1, 12); row > 0; row--) {
      for (int column = 0; column < CELLS.length; column++) {
        String[] cells = CELLS[column];
        boolean any = random.nextInt(16) == 0;
        rows.append(column == 0 ? "" : ",").append(cells[random.nextInt(any ? cells.length : 2)]);
      }
      rows.append(ENDS.get(random.nextInt(8) == 0 ? random.nextInt(ENDS.size()) : 0));
    }
    return rows.toString();
  }

  @Property(tries = 250)
  void whenReadWithAndWithoutTheParser_thenTheSame(@ForAll long seed) throws IOException {
    String rows = rows(new SplittableRandom(seed));
    Path file = Files.createTempFile("rows", ".csv");
    try {
      Files.writeString(file, HEAD + rows);
      assertThat(outcome(file, StandardCharsets.UTF_8, true))
          .isEqualTo(outcome(file, StandardCharsets.UTF_8, false));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void whenLinesAreOfSeveralKinds_thenErrorsNameTheirLine() {
    String text = "a,b\n1,2\n\"3\",4\n5,6\r\n\n\"7\",\"8\"\n9,10\n11,x\n";
    Path file = CsvFiles.write(folder, "lines.csv", text);
    assertThat(outcome(file, StandardCharsets.UTF_8, true))
        .isEqualTo(outcome(file, StandardCharsets.UTF_8, false));
    Path late = CsvFiles.write(folder, "late.csv", "a,b\n" + "1,2\n".repeat(20_000) + "1,x\n");
    assertThat(outcome(late, StandardCharsets.UTF_8, true))
        .contains("late.csv, line 20002, column 'b'");
  }

  @Test
  void whenTheFileIsLongerThanTheBuffer_thenNoRowIsLost() {
    StringBuilder text = new StringBuilder("number,word\n");
    for (int i = 0; i < 15_000; i++) {
      text.append(i)
          .append(i % 7 == 0 ? ",\"w" : ",w")
          .append(i % 900)
          .append(i % 7 == 0 ? "\"\n" : "\n");
    }
    Path file = CsvFiles.write(folder, "long.csv", text.append("15000,end").toString());
    String read = outcome(file, StandardCharsets.UTF_8, true);
    assertThat(read).isEqualTo(outcome(file, StandardCharsets.UTF_8, false));
    assertThat(read.lines().count()).isEqualTo(2 * 15_001L);
  }

  @Test
  void whenGb18030_thenTheSame() {
    Charset charset = Charset.forName("GB18030");
    Path file = CsvFiles.write(
        folder, "gb.csv", "instrument,名称\n600519.SH,贵州茅台\n000001.SZ,plain\n", charset);
    assertThat(outcome(file, charset, true))
        .isEqualTo(outcome(file, charset, false))
        .contains("贵州茅台")
        .contains("plain");
  }

  @Test
  void whenBytesAreBehindPlainRows_thenTheErrorNamesTheirLine() {
    byte[] bytes =
        (HEAD.substring(0, 3) + "\n1\n2\n\u00ff\n").getBytes(StandardCharsets.ISO_8859_1);
    Path file = CsvFiles.write(folder, "bytes.csv", bytes);
    assertThat(outcome(file, StandardCharsets.UTF_8, true)).contains("bytes.csv, line 4");
  }

  @Test
  void whenACellIsTooLong_thenRefusedAsByTheParser() {
    Path file = CsvFiles.write(folder, "cell.csv", "a,b\nx,y\nx," + "y".repeat(5000) + "\n");
    assertThat(outcome(file, StandardCharsets.UTF_8, true))
        .isEqualTo(outcome(file, StandardCharsets.UTF_8, false));
    TableScan scan =
        TableScan.ALL.withLimits(new TableLimits(1 << 20, 1 << 20, 10, 10_000, 1 << 20, 100, 3000));
    assertThat(outcome(file, scan, true)).contains("line 3, column 'b'").contains("3000");
  }

  private static String outcome(Path file, Charset charset, boolean plain) {
    return outcome(file, TableScan.ALL, charset, plain);
  }

  private static String outcome(Path file, TableScan scan, boolean plain) {
    return outcome(file, scan, StandardCharsets.UTF_8, plain);
  }

  /** All that a read gives, as a text. */
  private static String outcome(Path file, TableScan scan, Charset charset, boolean plain) {
    StringBuilder out = new StringBuilder();
    try (CsvTableReader reader =
        CsvTableReader.open(file, scan, Optional.empty(), charset, plain)) {
      out.append(reader.schema()).append(' ');
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        for (Column column : b.get().columns()) {
          for (int row = 0; row < column.rows(); row++) {
            out.append(column.isKnown(row) ? cell(column, row) : "-").append('\n');
          }
        }
      }
    } catch (QilinException e) {
      return e.getMessage();
    }
    return out.toString();
  }

  private static String cell(Column column, int row) {
    if (column instanceof DoubleColumn c) {
      return Double.toHexString(c.value(row));
    }
    if (column instanceof IntColumn c) {
      return Integer.toString(c.value(row));
    }
    if (column instanceof LongColumn c) {
      return Long.toString(c.value(row));
    }
    return column instanceof TextColumn c
        ? c.value(row).orElseThrow()
        : Boolean.toString(((BooleanColumn) column).value(row));
  }
}
