package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableBars;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB writes and reads the same files. */
class ParquetPeerTest {
  /** Every type that both have, with nulls; sorted and unsorted, few and many different values. */
  private static final String ROWS = "SELECT "
      + "CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 1 THEN 'NaN'::DOUBLE"
      + " WHEN i % 11 = 2 THEN 'inf'::DOUBLE WHEN i % 11 = 3 THEN '-inf'::DOUBLE"
      + " ELSE sin(i) END AS d, "
      + "(i % 5)::FLOAT / 3 AS f, "
      + "CASE WHEN i % 3 = 0 THEN NULL ELSE i * 7919 % 100003 END::INTEGER AS n32, "
      + "i::BIGINT * i * 1000003 AS n64, "
      + "(i % 200 - 100)::TINYINT AS n8, (i % 30000)::USMALLINT AS u16, "
      + "(4294967295 - i)::UINTEGER AS u32, i::UBIGINT AS u64, "
      + "DATE '2024-01-01' + (i // 100)::INTEGER AS day, "
      + "TIMESTAMP '2024-01-02 09:30:00' + INTERVAL (i) SECOND AS wall, "
      + "TIMESTAMPTZ '2024-01-02 01:30:00+00' + INTERVAL (i) MILLISECOND AS moment, "
      + "TIMESTAMP_NS '2024-01-02 09:30:00.000000001' AS nanos, "
      + "TIMESTAMP_MS '1980-05-01 00:00:00' AS millis, "
      + "TIME '09:30:00' + INTERVAL (i % 1000) SECOND AS clock, "
      + "CASE WHEN i % 13 = 0 THEN NULL WHEN i % 13 = 1 THEN '' ELSE '茅台' || (i % 50) END AS few, "
      + "'prefix shared by all ' || i AS many, "
      + "i % 3 = 0 AS flag, NULL::DOUBLE AS nothing "
      + "FROM range(ROWS) t(i)";

  private static Connection database;

  @TempDir
  static Path folder;

  private static String rows(int count) {
    return ROWS.replace("range(ROWS)", "range(" + count + ")");
  }

  @BeforeAll
  static void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = database.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uncompressed, V1", "snappy, V1", "zstd, V1", "lz4_raw, V1", "gzip, V1",
    "uncompressed, V2", "snappy, V2", "zstd, V2", "lz4_raw, V2", "gzip, V2"
  })
  void whenDuckDbHasWritten_thenItsCellsAreRead(String codec, String version) throws SQLException {
    Path file = folder.resolve(codec + version + ".parquet");
    String rows = rows(3000);
    run("COPY (" + rows + ") TO '" + file + "' (FORMAT parquet, CODEC '" + codec
        + "', PARQUET_VERSION " + version + ", ROW_GROUP_SIZE 2048)");
    List<List<Object>> expected = expected(rows);
    assertThat(Tables.read(file, TableScan.ALL)).isEqualTo(expected);
  }

  /** What DuckDB says, in the units of Qilin's columns. */
  private static List<List<Object>> expected(String rows) throws SQLException {
    String sql = "SELECT d, f::DOUBLE, n32, n64, n8::INTEGER, u16::INTEGER, u32::BIGINT,"
        + " u64::BIGINT, day - DATE '1970-01-01',"
        + " epoch_ns(wall) - 28800000000000, epoch_ns(moment), epoch_ns(nanos) - 28800000000000,"
        + " epoch_ns(millis) - 28800000000000,"
        + " epoch_us(clock) * 1000, few, many, flag, nothing"
        + " FROM (" + rows + ")";
    List<List<Object>> all = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object cell = result.getObject(i);
          boolean missing = cell == null || (cell instanceof Double d && Double.isNaN(d));
          boolean day = i == 9;
          row.add(missing ? "?" : day ? (Object) ((Number) cell).intValue() : cell);
        }
        all.add(row);
      }
    }
    return all;
  }

  @Test
  void whenAFilterIsGiven_thenItsRowsAreDuckDbs() throws SQLException {
    Path file = folder.resolve("filter.parquet");
    String rows = rows(5000);
    run("COPY (" + rows + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    TableScan scan = TableScan.ALL
        .withColumns(List.of("many"))
        .where(new TableFilter.Days("day", LocalDate.of(2024, 1, 30), LocalDate.of(2024, 2, 2)));
    List<List<Object>> read = Tables.read(file, scan);
    assertThat(read).hasSize(400);
    assertThat(read.get(0)).isEqualTo(List.of("prefix shared by all 2900"));
  }

  @Test
  void whenQilinHasWritten_thenDuckDbReadsTheSame() throws SQLException {
    Path file = folder.resolve("own.parquet");
    TableBatch batch = Tables.random(new SplittableRandom(3), 20_000);
    Tables.write(file, Tables.ALL_TYPES, List.of(batch));
    // DuckDB counts moments with a zone in microseconds, and prints infinity and minus zero in its
    // own way.
    String sql =
        "SELECT number, int, long, day - DATE '1970-01-01', epoch_us(moment::TIMESTAMPTZ), text, flag,"
            + " time FROM '" + file + "'";
    List<List<Object>> expected = Tables.rows(batch);
    int row = 0;
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> cells = expected.get(row++);
        assertThat(cell(result, 1)).isEqualTo(cells.get(0));
        assertThat(cell(result, 2)).isEqualTo(cells.get(1));
        assertThat(cell(result, 3)).isEqualTo(cells.get(2));
        assertThat(String.valueOf(cell(result, 4))).isEqualTo(String.valueOf(cells.get(3)));
        if (cells.get(4) instanceof Long nanos) {
          assertThat(result.getLong(5) - Math.floorDiv(nanos, 1000L)).isBetween(0L, 1L);
        } else {
          assertThat(cell(result, 5)).isEqualTo("?");
        }
        assertThat(cell(result, 6)).isEqualTo(cells.get(6));
        assertThat(cell(result, 7)).isEqualTo(cells.get(7));
        assertThat(cell(result, 8).equals("?")).isEqualTo(cells.get(5).equals("?"));
      }
    }
    assertThat(row).isEqualTo(20_000);
  }

  private static Object cell(ResultSet result, int column) throws SQLException {
    Object cell = result.getObject(column);
    return cell == null ? "?" : cell;
  }

  @Test
  void whenAColumnIsNotFlat_thenOnlyAScanThatWantsItIsRefused() throws SQLException {
    Path file = folder.resolve("nested.parquet");
    run("COPY (SELECT [1, 2] AS list, {'a': 1, 'b': 'x'} AS struct, uuid() AS id,"
        + " 'x'::BLOB AS bytes, 7 AS plain) TO '" + file + "' (FORMAT parquet)");
    assertThat(Tables.read(file, TableScan.ALL.withColumns(List.of("plain"))))
        .isEqualTo(List.of(List.of(7)));
    try (TableReader reader = new ParquetFormat().open(file, TableScan.ALL.readable())) {
      assertThat(reader.schema().names()).containsExactly("plain");
      assertThat(reader.leftOut().keySet()).containsExactly("list", "struct", "id", "bytes");
    }
    for (String name : List.of("list", "struct", "id", "bytes")) {
      assertThatThrownBy(() -> Tables.read(file, TableScan.ALL.withColumns(List.of(name))))
          .hasMessageContaining("nested.parquet, column '" + name + "'")
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
  }

  @Test
  void whenNumbersAreDecimals_thenTheyAreTheNearestToTheirDigits() throws SQLException {
    for (String version : List.of("V1", "V2")) {
      Path file = folder.resolve("decimals" + version + ".parquet");
      run(
          "COPY (SELECT (i / 100)::DECIMAL(4, 2) AS small, (i * 1234567 / 10000)::DECIMAL(18, 4) AS wide,"
              + " CASE WHEN i % 5 = 0 THEN NULL ELSE -i::DECIMAL(38, 3) * 1234567890123456.789 END AS large"
              + " FROM range(300) t(i)) TO '" + file + "' (FORMAT parquet, PARQUET_VERSION "
              + version
              + ")");
      List<List<Object>> expected = new ArrayList<>();
      try (Statement statement = database.createStatement();
          ResultSet result = statement.executeQuery(
              "SELECT small::VARCHAR, wide::VARCHAR, large::VARCHAR FROM '" + file + "'")) {
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= 3; i++) {
            String text = result.getString(i);
            row.add(text == null ? "?" : (Object) Double.parseDouble(text));
          }
          expected.add(row);
        }
      }
      assertThat(Tables.read(file, TableScan.ALL)).hasSize(300).isEqualTo(expected);
    }
  }

  @Test
  void whenNobodyKnowsTheTypeOfAColumn_thenItHasNoTexts() throws SQLException {
    Path file = folder.resolve("unknown.parquet");
    run("COPY (SELECT NULL AS note, 7 AS n FROM range(2)) TO '" + file + "' (FORMAT parquet)");
    assertThat(Tables.read(file, TableScan.ALL))
        .isEqualTo(List.of(List.of("?", 7), List.of("?", 7)));
  }

  @Test
  void whenAMomentIsTooFarAway_thenItIsUnsupportedAndNotCalledDamage() throws SQLException {
    Path file = folder.resolve("far.parquet");
    run("COPY (SELECT 'infinity'::TIMESTAMP AS until) TO '" + file + "' (FORMAT parquet)");
    assertThatThrownBy(() -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("column 'until'")
        .hasMessageNotContaining("damaged")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenBarsHaveAColumnThatIsNotRead_thenOnlyItIsLeftOut() throws SQLException {
    Path file = folder.resolve("bars.parquet");
    String bars = "COPY (SELECT '600519.SH' AS symbol, DATE '2024-01-02' AS date, 10.5 AS open,"
        + " 11.0 AS high, 10.0 AS low, CLOSE AS close, 1e6::DOUBLE AS volume, [1, 2] AS tags) TO '"
        + file + "' (FORMAT parquet)";
    run(bars.replace("CLOSE", "10.25"));
    Bars read = TableBars.builder(new ParquetFormat(), file).build().read(BarQuery.ALL);
    assertThat(read.panel().value(Field.CLOSE, 0, 0)).isEqualTo(10.25);
    assertThat(read.findings().toString())
        .contains("bars.parquet, column 'tags' holds a group of columns; the column was left out");
    run(bars.replace("CLOSE", "[10.25]"));
    assertThatThrownBy(
            () -> TableBars.builder(new ParquetFormat(), file).build().read(BarQuery.ALL))
        .hasMessageContaining("column 'close': the column holds a group of columns")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenTheCodecIsNotRead_thenItIsNamed() throws SQLException {
    Path file = folder.resolve("brotli.parquet");
    run("COPY (SELECT i AS n FROM range(10) t(i)) TO '" + file
        + "' (FORMAT parquet, CODEC 'brotli')");
    assertThatThrownBy(() -> Tables.read(file, TableScan.ALL))
        .hasMessageContaining("BROTLI")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenTypesAreRead_thenTheyAreTheNearest() throws SQLException {
    Path file = folder.resolve("types.parquet");
    run("COPY (" + rows(1) + ") TO '" + file + "' (FORMAT parquet)");
    try (TableReader reader = new ParquetFormat().open(file, TableScan.ALL)) {
      assertThat(reader.schema().fields().stream().map(f -> f.name() + " " + f.type()))
          .containsExactly(
              "d FLOAT64",
              "f FLOAT64",
              "n32 INT32",
              "n64 INT64",
              "n8 INT32",
              "u16 INT32",
              "u32 INT64",
              "u64 INT64",
              "day DATE",
              "wall TIMESTAMP",
              "moment TIMESTAMP",
              "nanos TIMESTAMP",
              "millis TIMESTAMP",
              "clock TIME",
              "few TEXT",
              "many TEXT",
              "flag BOOLEAN",
              "nothing FLOAT64");
      assertThat(reader.schema().fields().get(8).type()).isEqualTo(ColumnType.DATE);
    }
  }
}
