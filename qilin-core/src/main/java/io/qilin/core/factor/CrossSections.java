package io.qilin.core.factor;

import io.qilin.core.internal.ParallelWork;
import io.qilin.core.internal.kernel.RankPool;
import io.qilin.core.internal.row.CrossPort;
import io.qilin.core.internal.row.CrossStage;
import io.qilin.core.internal.row.RowProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The places where all instruments of a day meet: the cross-sectional operators between the stages of the programs. */
final class CrossSections {
  private final List<Part> parts;
  private final List<List<CrossStage>> stages = new ArrayList<>();
  private final int instruments;

  /** A program and where its instruments stand among all, in the order in which sums run. */
  static final class Part {
    private final RowProgram program;
    private final int[] places;

    Part(RowProgram program, int[] places) {
      this.program = program;
      this.places = places;
    }

    /** Whether all instruments are its own, in their order. */
    boolean hasAll(int instruments) {
      for (int i = 0; i < places.length; i++) {
        if (places[i] != i) {
          return false;
        }
      }
      return places.length == instruments && program.lanes() == instruments;
    }
  }

  CrossSections(List<Part> parts, int instruments) {
    this.parts = List.copyOf(parts);
    this.instruments = instruments;
    if (parts.isEmpty()) {
      return;
    }
    RowProgram any = parts.get(0).program;
    RankPool pool = new RankPool(instruments);
    for (int stage = 0; stage < any.stageCount(); stage++) {
      List<CrossStage> calculations = new ArrayList<>();
      for (CrossPort port : any.ports(stage)) {
        calculations.add(new CrossStage(port, instruments, pool));
      }
      stages.add(calculations);
    }
  }

  /** Computes the operators after a stage of the days of a row, side by side. */
  void meet(int stage, int tick, Executor executor) {
    List<CrossStage> calculations = stages.get(stage);
    if (!calculations.isEmpty()) {
      ParallelWork.run(calculations.size(), executor, number -> meet(stage, number, tick));
    }
  }

  /** Computes the operators after a stage of the days of a row, one after the other, without allocating. */
  void meet(int stage, int tick) {
    int count = stages.get(stage).size();
    for (int number = 0; number < count; number++) {
      meet(stage, number, tick);
    }
  }

  private void meet(int stage, int number, int tick) {
    CrossStage calculation = stages.get(stage).get(number);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).program.ports(stage).get(number).begin(tick);
    }
    Part first = parts.get(0);
    if (first.hasAll(instruments)
        && calculation.computeDays(first.program.ports(stage).get(number), tick)) {
      return;
    }
    for (int day = 0; day < first.program.days(); day++) {
      meet(calculation, stage, number, tick, day);
    }
  }

  private void meet(CrossStage calculation, int stage, int number, int tick, int day) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      calculation.collect(part.program.ports(stage).get(number), tick, day, part.places);
    }
    calculation.compute(instruments);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      calculation.deliver(part.program.ports(stage).get(number), tick, day, part.places);
    }
  }
}
