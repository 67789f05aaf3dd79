package io.qilin.mlops.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps some columns. */
final class SelectColumns extends Step {
  private final ColumnNames after;
  /** Places of the features that stay, then of the labels. */
  private final int[] places;

  private SelectColumns(Processor processor, ColumnNames before, Predicate<String> stays) {
    super(processor);
    List<String> features = before.features().stream().filter(stays).toList();
    List<String> labels = before.labels().stream().filter(stays).toList();
    this.after = new ColumnNames(features, labels);
    List<String> all = before.all();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (stays.test(all.get(i))) {
        kept.add(i);
      }
    }
    this.places = kept.stream().mapToInt(Integer::intValue).toArray();
  }

  static SelectColumns without(Processor.DropCol drop, ColumnNames names) {
    ColumnNames.require(drop.name(), drop.names(), names.all());
    return new SelectColumns(drop, names, name -> !drop.names().contains(name));
  }

  static SelectColumns only(Processor.FilterCol filter, ColumnNames names) {
    List<String> group = names.of(filter.columns());
    ColumnNames.require(filter.name(), filter.names(), group);
    return new SelectColumns(
        filter, names, name -> !group.contains(name) || filter.names().contains(name));
  }

  @Override
  ColumnNames after(ColumnNames before) {
    return after;
  }

  @Override
  void apply(Section section) {
    boolean labelled = section.width() > section.features;
    int features = after.features().size();
    double[][] kept = new double[labelled ? places.length : features][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = section.columns[places[i]];
    }
    section.columns = kept;
    section.features = features;
  }
}
