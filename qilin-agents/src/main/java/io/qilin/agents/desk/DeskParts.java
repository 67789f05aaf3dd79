package io.qilin.agents.desk;

import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.debate.Debate;
import io.qilin.api.trading.Portfolio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a desk is made of. */
record DeskParts(
    List<NamedAnalyst> voters,
    NamedAnalyst riskManager,
    Consensus consensus,
    Selection.Terms terms,
    MarketGate market,
    LimitUpMemo memo,
    Optional<Debate> debate,
    Portfolio portfolio,
    Executor executor,
    Duration deadline,
    DeskMonitor.Outlets outlets,
    SnapshotDigests digests) {
  /** The voters, then the risk manager. */
  List<NamedAnalyst> analysts() {
    List<NamedAnalyst> all = new ArrayList<>(voters);
    all.add(riskManager);
    return all;
  }
}
