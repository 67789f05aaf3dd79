package io.qilin.flink;

import io.qilin.core.factor.CrossOperation;
import io.qilin.core.factor.FactorStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A cross-sectional stage on one day, in the order of the instruments. */
final class CrossStage
    implements MapPartitionFunction<FactorRow, FactorRow>, ResultTypeQueryable<FactorRow> {
  private static final long serialVersionUID = 1L;

  private final StageSource source;
  private final StageColumns columns;
  private transient @Nullable List<CrossOperation> operations;

  CrossStage(StageSource source, StageColumns columns) {
    this.source = source;
    this.columns = columns;
  }

  private List<CrossOperation> operations() {
    List<CrossOperation> known = operations;
    if (known == null) {
      known = source
          .stage(columns.stage())
          .<List<CrossOperation>>fold(series -> List.of(), FactorStage.CrossSectional::operations);
      operations = known;
    }
    return known;
  }

  @Override
  public void mapPartition(Iterable<FactorRow> unordered, Collector<FactorRow> out) {
    List<FactorRow> rows = new ArrayList<>();
    unordered.forEach(rows::add);
    rows.sort(Comparator.comparing(FactorRow::symbol));
    List<double[]> results = new ArrayList<>();
    for (CrossOperation operation : operations()) {
      double[][] operands = operation.operands().stream()
          .map(name -> column(rows, columns.in().indexOf(name)))
          .toArray(double[][]::new);
      results.add(operation.compute(operands));
    }
    int[] kept = columns.kept().stream().mapToInt(columns.in()::indexOf).toArray();
    for (int i = 0; i < rows.size(); i++) {
      double[] values = new double[kept.length + results.size()];
      for (int c = 0; c < kept.length; c++) {
        values[c] = rows.get(i).value(kept[c]);
      }
      for (int c = 0; c < results.size(); c++) {
        values[kept.length + c] = results.get(c)[i];
      }
      out.collect(new FactorRow(rows.get(i).symbol(), rows.get(i).time(), values));
    }
  }

  private static double[] column(List<FactorRow> rows, int column) {
    return rows.stream().mapToDouble(row -> row.value(column)).toArray();
  }

  @Override
  public TypeInformation<FactorRow> getProducedType() {
    return Forms.type(Forms.ROW);
  }
}
