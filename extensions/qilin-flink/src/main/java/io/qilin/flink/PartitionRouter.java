package io.qilin.flink;

import io.qilin.api.market.Symbol;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** Sends each row to the partition of its instrument, and those of instruments that expressions name to all. */
final class PartitionRouter implements FlatMapFunction<FactorRow, Tuple2<Integer, FactorRow>> {
  private static final long serialVersionUID = 1L;

  private final List<String> everywhere;
  private final int partitions;

  PartitionRouter(List<Symbol> everywhere, int partitions) {
    this.everywhere = everywhere.stream().map(Symbol::toString).toList();
    this.partitions = partitions;
  }

  @Override
  public void flatMap(FactorRow row, Collector<Tuple2<Integer, FactorRow>> out) {
    if (!everywhere.isEmpty() && everywhere.contains(row.symbol().toString())) {
      for (int i = 0; i < partitions; i++) {
        out.collect(Tuple2.of(i, row));
      }
    } else {
      out.collect(Tuple2.of(SeriesStage.partition(row.symbol(), partitions), row));
    }
  }
}
