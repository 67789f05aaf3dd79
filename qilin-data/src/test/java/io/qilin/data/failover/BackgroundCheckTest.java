package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.data.reconcile.MergedBars;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundCheckTest {
  private final List<ChainEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
  private final Panel panel = Panels.random(3, 20, 0, 7);

  private SourceChainBuilder chain(java.util.concurrent.Executor executor, FaultySource second) {
    return Chains.still(executor)
        .member("a", new PanelSource("a", panel), Chains.ALL)
        .member("b", second, Chains.ALL)
        .reconcile(ReconcileSettings.DEFAULT)
        .listener(events::add);
  }

  private List<ChainEvent> reports() {
    return events.stream()
        .filter(e -> e instanceof ChainEvent.Reconciled || e instanceof ChainEvent.NotReconciled)
        .toList();
  }

  @Test
  void whenTheOtherDiffers_thenADayOfItIsReportedAfterTheAnswer() throws Exception {
    Panel other = panel.with(Field.CLOSE, (i, d) -> panel.value(Field.CLOSE, i, d) + 0.05);
    try (VirtualTime time = Chains.time()) {
      SourceChain chain = chain(time, new FaultySource(new PanelSource("b", other)))
          .waiting(time)
          .build();
      assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("a");
      time.settle();
      assertThat(reports())
          .hasSizeBetween(1, 3)
          .allSatisfy(event -> assertThat(event)
              .isInstanceOfSatisfying(ChainEvent.Reconciled.class, found -> {
                assertThat(found.report().rows())
                    .isEqualTo(found.report().differing())
                    .isPositive();
                assertThat(found.report().from()).isEqualTo(found.report().to());
                assertThat(found.report().onlyFirst()).isZero();
              }));
    }
  }

  @Test
  void whenTheOtherFails_thenTheReasonIsReportedAndTheAnswerStands() throws Exception {
    try (VirtualTime time = Chains.time()) {
      SourceChain chain = chain(
              time, new FaultySource(new PanelSource("b", panel)).then(Fault.FAIL))
          .waiting(time)
          .build();
      assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("a");
      time.settle();
      assertThat(reports())
          .isNotEmpty()
          .allSatisfy(event -> assertThat(event).asString().contains("the script says FAIL"));
    }
  }

  @Test
  void whenTheComparisonHangs_thenNoSecondOneStarts() {
    Deque<Runnable> queued = new ArrayDeque<>();
    FaultySource second = new FaultySource(new PanelSource("b", panel));
    SourceChain chain = chain(
            task -> {
              if (queued.isEmpty() && events.isEmpty()) {
                task.run();
              } else if (events.size() == 1 && queued.isEmpty()) {
                queued.add(task);
              } else {
                task.run();
              }
            },
            second)
        .build();
    chain.bars(BarQuery.ALL);
    chain.bars(BarQuery.ALL);
    assertThat(queued).hasSize(1);
    assertThat(second.calls()).isZero();
    queued.remove().run();
    assertThat(reports())
        .as("it was run on the asking thread after all")
        .allSatisfy(event -> assertThat(event).asString().contains("asking thread"));
  }

  @Test
  void whenTheExecutorIsDirect_thenNothingIsComparedAndThatIsTold() {
    FaultySource second = new FaultySource(new PanelSource("b", panel));
    chain(Runnable::run, second).build().bars(BarQuery.ALL);
    assertThat(second.calls()).isZero();
    assertThat(reports()).singleElement().asString().contains("asking thread");
  }

  @Test
  void whenTheHostAsksForAMerge_thenEveryRowTellsItsSource() {
    LocalDate cut = panel.days().get(9);
    SourceChain chain = Chains.still(Runnable::run)
        .member("short", new PanelSource("short", panel.until(cut)), Chains.ALL)
        .member("dead", new FaultySource(new PanelSource("x", panel)).then(Fault.FAIL), Chains.ALL)
        .member("long", new PanelSource("long", panel), Chains.ALL)
        .build();
    MergedBars merged = chain.fetchMerged(BarQuery.ALL);
    assertThat(Panels.difference(panel, merged.bars().panel())).isEmpty();
    assertThat(merged.sourceOf(panel.symbols().get(0), cut)).contains("short");
    assertThat(merged.sourceOf(panel.symbols().get(0), panel.days().get(10))).contains("long");
    assertThat(merged.bars().provenance().provider()).isEqualTo("merged");
    assertThat(merged.bars().findings())
        .isNotEmpty()
        .allMatch(f -> f.rule().equals("merged-source"));
  }
}
