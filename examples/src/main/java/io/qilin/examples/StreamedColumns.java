package io.qilin.examples;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.CrossSection;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Factors of a panel as a live program would compute them: day after day is pushed through a {@link FactorStream};
 * instruments are listed on their first day and delisted after their last. The results are held once, in a block whose
 * instruments stand in the order of listing.
 */
final class StreamedColumns {
  private final Panel panel;
  private final FactorPlan plan;
  /** Instruments of the panel by their first day. */
  private final int[] listing;

  private final FactorBlock block;
  private final int start;

  private StreamedColumns(Panel panel, FactorPlan plan) {
    this.panel = panel;
    this.plan = plan;
    this.listing = IntStream.range(0, panel.symbols().size())
        .boxed()
        .sorted(Comparator.comparingInt(panel::firstRow))
        .mapToInt(Integer::intValue)
        .toArray();
    this.start = panel.firstRow(listing[0]);
    this.block =
        FactorBlock.of(plan.names(), symbols(0, listing.length), panel.days().size() - start);
  }

  /** Pushes all days. */
  static FactorColumns.Cells compute(Panel panel, FactorPlan plan) {
    StreamedColumns columns = new StreamedColumns(panel, plan);
    columns.run();
    return columns.cells();
  }

  private List<Symbol> symbols(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(place -> panel.symbols().get(listing[place]))
        .toList();
  }

  private void run() {
    int listed = listedOn(start, 0);
    FactorStream stream = FactorStream.builder(plan, symbols(0, listed))
        .fields(panel.fields())
        .later(Set.copyOf(panel.symbols()))
        .build();
    CrossSection row = stream.newRow();
    block.begin(panel.days().subList(start, panel.days().size()));
    double[] values = new double[listing.length];
    for (int day = start; day < panel.days().size(); day++) {
      int known = listed;
      listed = listedOn(day, known);
      symbols(known, listed).forEach(stream::list);
      if (listed > known) {
        row = stream.newRow();
      }
      delist(stream, listed, day);
      fill(row, listed, day);
      stream.push(row);
      for (int factor = 0; factor < plan.names().size(); factor++) {
        stream.copy(factor, values);
        block.write(factor, day - start, 0, values, 0, listed);
      }
    }
    block.end();
  }

  /** How many instruments have begun on a day, given how many had before. */
  private int listedOn(int day, int before) {
    int listed = before;
    while (listed < listing.length && panel.firstRow(listing[listed]) <= day) {
      listed++;
    }
    return listed;
  }

  private void delist(FactorStream stream, int listed, int day) {
    for (int place = 0; place < listed; place++) {
      if (panel.endRow(listing[place]) == day) {
        stream.delist(panel.symbols().get(listing[place]));
      }
    }
  }

  private void fill(CrossSection row, int listed, int day) {
    for (Field field : row.fields()) {
      double[] values = row.values(field);
      for (int place = 0; place < listed; place++) {
        values[place] = panel.value(field, listing[place], day);
      }
    }
  }

  private FactorColumns.Cells cells() {
    int[] places = new int[panel.symbols().size()];
    for (int place = 0; place < listing.length; place++) {
      places[listing[place]] = place;
    }
    return (column, instrument, day) -> block.value(column, places[instrument], day - start);
  }
}
