package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;
import java.util.List;

/** Binds rules to the columns of a table. */
final class Tallies {
  private Tallies() {}

  static Tally of(TableRule rule, TableSchema schema, TextIds ids, JudgeOptions options) {
    TableCheck check = rule.check();
    if (check instanceof TableCheck.Complete complete) {
      return new CompleteTally(rule, complete, schema);
    } else if (check instanceof TableCheck.Unique unique) {
      return new KeyTally(rule, unique.columns(), schema, ids, options);
    } else if (check instanceof TableCheck.DistinctCount distinct) {
      return new KeyTally(rule, List.of(distinct.column()), schema, ids, options);
    } else if (check instanceof TableCheck.Range range) {
      return RangeTally.of(rule, range, schema);
    } else if (check instanceof TableCheck.Finite finite) {
      return RangeTally.of(rule, finite, schema);
    } else if (check instanceof TableCheck.PriceOrder order) {
      return new PriceOrderTally(rule, order, schema);
    } else if (check instanceof TableCheck.OneOf oneOf) {
      return WordTally.of(rule, oneOf, schema, options);
    } else if (check instanceof TableCheck.Matches matches) {
      return WordTally.of(rule, matches, schema, options);
    } else if (check instanceof TableCheck.Compare compare) {
      return new CompareTally(rule, compare, schema);
    } else if (check instanceof TableCheck.WholeShares whole) {
      return new VolumeTally(rule, whole, schema);
    } else if (check instanceof TableCheck.Suspended suspended) {
      return new VolumeTally(rule, suspended, schema);
    }
    return wider(rule, check, schema, options);
  }

  private static Tally wider(
      TableRule rule, TableCheck check, TableSchema schema, JudgeOptions options) {
    if (check instanceof TableCheck.RowCount rows) {
      return FigureTally.of(rule, rows);
    } else if (check instanceof TableCheck.Mean mean) {
      return FigureTally.of(rule, mean, schema);
    } else if (check instanceof TableCheck.Deviation deviation) {
      return FigureTally.of(rule, deviation, schema);
    } else if (check instanceof TableCheck.Increasing increasing) {
      return SequenceTally.of(rule, increasing, schema);
    } else if (check instanceof TableCheck.PreviousClose previous) {
      return SequenceTally.of(rule, previous, schema);
    } else if (check instanceof TableCheck.Fresh fresh) {
      return new FreshTally(rule, fresh, schema);
    } else if (check instanceof TableCheck.EverySession sessions) {
      return new SessionsTally(rule, sessions, schema);
    } else if (check instanceof TableCheck.PriceLimits limits) {
      return MarketTally.of(rule, limits, schema, options);
    } else if (check instanceof TableCheck.TickMultiple tick) {
      return MarketTally.of(rule, tick, schema, options);
    }
    return new AveragePriceTally(rule, (TableCheck.AveragePrice) check, schema);
  }
}
