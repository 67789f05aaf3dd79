package io.qilin.flink;

import io.qilin.api.market.Field;
import io.qilin.core.factor.CrossOperation;
import io.qilin.core.factor.FactorStage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of the rows that go into a stage and come out of it: what later stages read, then what the stage makes.
 *
 * @param stage its number, from 0
 * @param in names of the columns before
 * @param kept those of them that go on
 * @param made names of the columns that the stage makes
 */
record StageColumns(int stage, List<String> in, List<String> kept, List<String> made)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  List<String> out() {
    List<String> out = new ArrayList<>(kept);
    out.addAll(made);
    return out;
  }

  /** The columns of all stages. */
  static List<StageColumns> of(List<FactorStage> stages, List<Field> fields) {
    List<StageColumns> all = new ArrayList<>();
    List<String> in = fields.stream().map(Field::name).toList();
    for (int i = 0; i < stages.size(); i++) {
      Set<String> later = new LinkedHashSet<>();
      stages.subList(i + 1, stages.size()).forEach(stage -> later.addAll(read(stage)));
      List<String> kept = in.stream().filter(later::contains).toList();
      StageColumns columns = new StageColumns(i, in, kept, made(stages.get(i)));
      all.add(columns);
      in = columns.out();
    }
    return all;
  }

  private static List<String> read(FactorStage stage) {
    return stage.<List<String>>fold(
        series -> series.plan().fields().stream().map(Field::name).toList(),
        cross -> cross.operations().stream()
            .flatMap(operation -> operation.operands().stream())
            .toList());
  }

  private static List<String> made(FactorStage stage) {
    return stage.<List<String>>fold(
        series -> series.plan().names(),
        cross -> cross.operations().stream()
            .map(CrossOperation::result)
            .map(Field::name)
            .toList());
  }
}
