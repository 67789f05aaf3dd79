package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.arrow.ArrowStreams;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SparkTablesTest {
  private static final StructType SCHEMA = new StructType()
      .add("double", DataTypes.DoubleType)
      .add("float", DataTypes.FloatType)
      .add("decimal", DataTypes.createDecimalType(10, 2))
      .add("byte", DataTypes.ByteType)
      .add("short", DataTypes.ShortType)
      .add("int", DataTypes.IntegerType)
      .add("long", DataTypes.LongType)
      .add("date", DataTypes.DateType)
      .add("moment", DataTypes.TimestampType)
      .add("text", DataTypes.StringType)
      .add("flag", DataTypes.BooleanType);

  private static final List<Row> ROWS = List.of(
      RowFactory.create(
          -0.0,
          1.1f,
          new BigDecimal("12.34"),
          (byte) -1,
          (short) 300,
          7,
          1L << 60,
          LocalDate.of(1969, 12, 31),
          Instant.parse("2024-01-02T03:04:05.000006Z"),
          "贵州茅台",
          true),
      RowFactory.create(new Object[11]));

  @Test
  void whenRowsGoThroughArrow_thenTheyComeBack() {
    Dataset<Row> rows = Sessions.local().createDataFrame(ROWS, SCHEMA);

    Dataset<Row> back = SparkTables.fromArrow(SparkTables.toArrow(rows), schema());

    assertThat(back.collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create(
                -0.0,
                (double) 1.1f,
                12.34,
                -1,
                300,
                7,
                1L << 60,
                LocalDate.of(1969, 12, 31),
                Instant.parse("2024-01-02T03:04:05.000006Z"),
                "贵州茅台",
                true),
            RowFactory.create(new Object[11]));
  }

  @Test
  void whenRowsComeToTheDriver_thenInBatchesOfTheirTypes() {
    Dataset<Row> rows = Sessions.local().createDataFrame(ROWS, SCHEMA).coalesce(1);

    List<TableBatch> batches = new ArrayList<>();
    SparkTables.batches(rows).forEachRemaining(batches::add);

    assertThat(batches).singleElement().satisfies(batch -> {
      assertThat(batch.schema()).isEqualTo(schema());
      assertThat(batch.rows()).isEqualTo(2);
      assertThat(batch.columns())
          .allSatisfy(column -> assertThat(column.isKnown(1)).isFalse());
    });
  }

  @Test
  void whenThereAreMoreRowsThanABatchHolds_thenThereAreMoreBatches() {
    Dataset<Row> rows = Sessions.local().range(0, 20_000, 1, 1).toDF();

    List<Integer> sizes = new ArrayList<>();
    long sum = 0;
    for (Iterator<TableBatch> batches = SparkTables.batches(rows); batches.hasNext(); ) {
      TableBatch batch = batches.next();
      sizes.add(batch.rows());
      for (int i = 0; i < batch.rows(); i++) {
        sum += ((LongColumn) batch.columns().get(0)).value(i);
      }
    }

    assertThat(sizes).containsExactly(8192, 8192, 3616);
    assertThat(sum).isEqualTo(19_999L * 10_000);
  }

  @Test
  void whenTextsAreLong_thenABatchEndsAtSixteenMebibytes() {
    Dataset<Row> rows = Sessions.local().range(0, 100, 1, 1).selectExpr("repeat('x', 900000) t");

    List<Integer> sizes = new ArrayList<>();
    SparkTables.batches(rows).forEachRemaining(batch -> sizes.add(batch.rows()));

    assertThat(sizes).containsExactly(19, 19, 19, 19, 19, 5);
  }

  @Test
  void whenThereAreManyColumns_thenABatchHasFewerRows() {
    String[] columns = new String[4000];
    Arrays.setAll(columns, i -> "id c" + i);
    Dataset<Row> rows = Sessions.local().range(0, 1000, 1, 1).selectExpr(columns);

    assertThat(SparkTables.batches(rows).next().rows()).isEqualTo((16 << 20) / 8 / 4000);
  }

  @Test
  void whenBatchesAreAtTheirEnd_thenThereIsNoNext() {
    Iterator<TableBatch> batches =
        SparkTables.batches(Sessions.local().range(0, 3, 1, 1).toDF());

    assertThat(batches.next().rows()).isEqualTo(3);
    assertThatThrownBy(batches::next).isInstanceOf(java.util.NoSuchElementException.class);
  }

  @Test
  void whenBatchesGoToSpark_thenTheyAreItsRows() {
    TableSchema schema = new TableSchema(List.of(
        new TableField("x", ColumnType.FLOAT64),
        new TableField("n", ColumnType.INT32),
        new TableField("t", ColumnType.TIME),
        new TableField("w", ColumnType.TEXT),
        new TableField("b", ColumnType.BOOLEAN)));
    TableBatch batch = new TableBatch(
        schema,
        List.of(
            DoubleColumn.of(new double[] {1, Double.NaN}),
            IntColumn.of(ColumnType.INT32, new int[] {5, 0}, BitSet.valueOf(new long[] {2})),
            LongColumn.of(ColumnType.TIME, new long[] {1, 2}),
            TextColumn.of(Arrays.asList("a", null)),
            BooleanColumn.of(ColumnType.BOOLEAN, new boolean[] {true, false})));

    Dataset<Row> rows =
        SparkTables.of(Sessions.local(), List.of(batch, batch.select(new int[] {1})));

    assertThat(rows.collectAsList())
        .containsExactly(
            RowFactory.create(1.0, 5, 1L, "a", true),
            RowFactory.create(null, null, 2L, null, false),
            RowFactory.create(null, null, 2L, null, false));
    assertThatThrownBy(() -> SparkTables.of(Sessions.local(), List.of()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenAStreamIsReadWithoutSpark_thenItIsPlainArrow() {
    byte[] stream = SparkTables.toArrow(
            Sessions.local().createDataFrame(ROWS, SCHEMA).coalesce(1))
        .first();

    try (TableReader reader =
        ArrowStreams.open(new ByteArrayInputStream(stream), "test", TableScan.ALL)) {
      assertThat(reader.next().orElseThrow().column("text").isKnown(0)).isTrue();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void whenStreamsAreGarbageCutOrOfOtherColumns_thenTheErrorsAreQilins() {
    byte[] good = SparkTables.toArrow(
            Sessions.local().createDataFrame(ROWS, SCHEMA).coalesce(1))
        .first();

    // Its first word is the length of a schema that is larger than allowed.
    assertCode(
        "garbage".getBytes(java.nio.charset.StandardCharsets.UTF_8), ErrorCode.LIMIT_EXCEEDED);
    assertCode(new byte[0], ErrorCode.DATA_FORMAT);
    assertCode(Arrays.copyOf(good, good.length / 2), ErrorCode.DATA_FORMAT);
    Dataset<byte[]> streams = Sessions.local().createDataset(List.of(good), Encoders.BINARY());
    TableSchema other = new TableSchema(List.of(new TableField("x", ColumnType.FLOAT64)));
    assertThatThrownBy(
            () -> SparkJobs.call(() -> SparkTables.fromArrow(streams, other).count()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private static void assertCode(byte[] stream, ErrorCode code) {
    Dataset<byte[]> streams = Sessions.local().createDataset(List.of(stream), Encoders.BINARY());
    assertThatThrownBy(
            () -> SparkJobs.call(() -> SparkTables.fromArrow(streams, schema()).collectAsList()))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenATypeIsNotRead_thenTheColumnIsNamed() {
    StructType nested = new StructType().add("m", DataTypes.createArrayType(DataTypes.LongType));
    Dataset<Row> rows = Sessions.local().createDataFrame(List.<Row>of(), nested);

    assertThatThrownBy(() -> SparkTables.toArrow(rows))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("'m'");
  }

  private static TableSchema schema() {
    return new TableSchema(List.of(
        new TableField("double", ColumnType.FLOAT64),
        new TableField("float", ColumnType.FLOAT64),
        new TableField("decimal", ColumnType.FLOAT64),
        new TableField("byte", ColumnType.INT32),
        new TableField("short", ColumnType.INT32),
        new TableField("int", ColumnType.INT32),
        new TableField("long", ColumnType.INT64),
        new TableField("date", ColumnType.DATE),
        new TableField("moment", ColumnType.TIMESTAMP),
        new TableField("text", ColumnType.TEXT),
        new TableField("flag", ColumnType.BOOLEAN)));
  }
}
