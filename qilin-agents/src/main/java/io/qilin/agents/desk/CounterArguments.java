package io.qilin.agents.desk;

import io.qilin.agents.debate.CaseFile;
import io.qilin.agents.debate.Evidence;
import io.qilin.agents.internal.ShortestDouble;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.Statement;
import java.util.ArrayList;
import java.util.List;

/** Says in plain lines what speaks against a share that is recommended, and how a debate ended. */
final class CounterArguments {
  private static final int STRONGEST = 3;

  private CounterArguments() {}

  /** The strongest evidence against it; that there is none is said too. */
  static List<String> of(CaseFile file) {
    List<String> out = new ArrayList<>();
    file.opposing().stream()
        .limit(STRONGEST)
        .map(Evidence::text)
        .forEach(text -> out.add("against it: " + text));
    return out.isEmpty() ? List.of("against it: nothing that was measured") : out;
  }

  /** The last judgement, and by how much it moved the score. */
  static List<String> of(Deliberation said) {
    List<String> out = new ArrayList<>();
    if (!said.statements().isEmpty()) {
      Statement last = said.statements().get(said.statements().size() - 1);
      String marks = last.flags().isEmpty() ? "" : " " + last.flags();
      out.add("debate of " + said.statements().size() + " turns, " + last.from()
          + (last.origin() == Statement.Origin.MODEL ? " by a model" : "") + marks + ": "
          + last.claim());
    }
    if (said.adjustment() != 0) {
      out.add("the debate moved the score by " + ShortestDouble.text(said.adjustment()));
    }
    return out;
  }
}
