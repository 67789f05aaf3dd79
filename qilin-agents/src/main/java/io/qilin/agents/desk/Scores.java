package io.qilin.agents.desk;

import io.qilin.api.analysis.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into opinions. */
final class Scores {
  private Scores() {}

  /** The score, if it is one. */
  static Optional<Opinion.Scored> of(Opinion opinion) {
    return opinion.fold(Optional::of, abstained -> Optional.empty());
  }

  /** Warnings and flags; for an abstention its reason first. */
  static List<String> warnings(Opinion opinion) {
    List<String> out = new ArrayList<>();
    opinion
        .<Optional<String>>fold(
            scored -> Optional.empty(),
            abstained -> Optional.of("abstained: " + abstained.reason()))
        .ifPresent(out::add);
    out.addAll(opinion.warnings());
    out.addAll(opinion.flags());
    return out;
  }
}
