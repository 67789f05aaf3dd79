package io.qilin.spark;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a panel as Spark has them: shuffled, without the suspended days, null for what is not known. */
final class BarRows {
  private BarRows() {}

  static StructType schema(Panel panel) {
    List<StructField> columns = new ArrayList<>();
    columns.add(DataTypes.createStructField("instrument", DataTypes.StringType, true));
    columns.add(DataTypes.createStructField("day", DataTypes.DateType, true));
    for (Field field : panel.fields()) {
      columns.add(DataTypes.createStructField(field.name(), DataTypes.DoubleType, true));
    }
    return DataTypes.createStructType(columns);
  }

  static List<Row> rows(Panel panel) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
        boolean edge = day == panel.firstRow(i) || day == panel.endRow(i) - 1;
        Object[] cells = cells(panel, i, day);
        boolean suspended = true;
        for (int k = 2; k < cells.length; k++) {
          suspended &= cells[k] == null;
        }
        if (edge || !suspended) {
          rows.add(RowFactory.create(cells));
        }
      }
    }
    Collections.shuffle(rows, new Random(7));
    return rows;
  }

  private static Object[] cells(Panel panel, int instrument, int day) {
    List<Object> cells = new ArrayList<>();
    cells.add(text(panel.symbols().get(instrument)));
    cells.add(panel.days().get(day));
    for (Field field : panel.fields()) {
      double value = panel.value(field, instrument, day);
      cells.add(Double.isNaN(value) ? null : value);
    }
    return cells.toArray();
  }

  static String text(Symbol symbol) {
    return symbol.qlib();
  }

  static Dataset<Row> of(SparkSession session, Panel panel, int partitions) {
    JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(rows(panel), partitions);
    return session.createDataFrame(rows, schema(panel));
  }
}
