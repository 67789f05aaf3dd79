package io.qilin.spark;

import io.qilin.api.market.Field;
import io.qilin.core.factor.CrossOperation;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which stage reads which columns. Columns come from the bars, source 0, and from stages that compare instruments, by their
 * numbers. Each process finds the same. Immutable.
 */
final class Wiring {
  /** The source of the bars. */
  static final int BARS = 0;

  private final List<FactorStage> stages;
  /** The columns of each source, in order. */
  private final Map<Integer, List<Field>> columns = new LinkedHashMap<>();

  private final Set<Field> known;

  Wiring(List<FactorStage> stages, List<Field> barFields) {
    this.stages = stages;
    this.known = new HashSet<>(barFields);
    columns.put(BARS, barFields);
    for (int i = 1; i < stages.size(); i += 2) {
      List<CrossOperation> operations = ((FactorStage.CrossSectional) stages.get(i)).operations();
      FactorPlan operands = series(i - 1);
      columns.put(i, operations.stream().map(CrossOperation::result).toList());
      for (CrossOperation operation : operations) {
        // A result of nothing that is there is not there either: as NaN it would count as known.
        if (operation.operands().stream().anyMatch(name -> isKnown(operands, name))) {
          known.add(operation.result());
        }
      }
    }
  }

  private FactorPlan series(int stage) {
    return ((FactorStage.TimeSeries) stages.get(stage)).plan();
  }

  private boolean isKnown(FactorPlan plan, String operand) {
    return plan.expressions().get(plan.names().indexOf(operand)).fields().stream()
        .anyMatch(known::contains);
  }

  /** The fields of a stage over time that are there, in order. */
  List<Field> fields(int stage) {
    return series(stage).fields().stream().filter(known::contains).toList();
  }

  /** The earlier stages whose results a stage over time reads. */
  List<Integer> sources(int stage) {
    List<Field> read = fields(stage);
    List<Integer> sources = new ArrayList<>();
    columns.forEach((source, fields) -> {
      if (source != BARS && source < stage && fields.stream().anyMatch(read::contains)) {
        sources.add(source);
      }
    });
    return sources;
  }

  /** For each column of a source its place among the {@link #fields} of a stage, or −1. */
  int[] places(int stage, int source) {
    List<Field> read = fields(stage);
    return columns.getOrDefault(source, List.of()).stream()
        .mapToInt(read::indexOf)
        .toArray();
  }
}
