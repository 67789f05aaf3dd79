package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.monitor.DeskEvent;
import io.qilin.agents.monitor.DeskEvents;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class MonitoredDeskTest {
  private static final Bars BARS = DeskMarkets.random(20, 120, 11);
  private static final LocalDate SESSION = BARS.panel().days().get(101);
  private static final MarketSnapshot SNAPSHOT =
      Snapshots.of(BARS, DeskMarkets.statuses(BARS.panel()), BARS.panel().days().get(100));

  /** An analyst with a defect. */
  private static final Analyst BROKEN = new Analyst() {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String title() {
      return "Broken";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      throw QilinException.invalid("a defect");
    }
  };

  private static ResearchDesk.Builder desk() {
    return ResearchDesk.standard(Preset.STANDARD).minSafety(0).analyst(BROKEN, 0.001);
  }

  @Test
  void whenObserved_thenRunAnalystsAndDebateAreTimedAndTheDecisionIsTheSame() {
    List<Observation.Context> seen = new ArrayList<>();
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
      @Override
      public void onEvent(Observation.Event event, Observation.Context context) {
        steps.add(event.getName());
      }

      @Override
      public void onStop(Observation.Context context) {
        seen.add(context);
        steps.add("end of " + context.getName());
      }

      @Override
      public boolean supportsContext(Observation.Context context) {
        return true;
      }
    });
    DeskResult result = desk().observations(registry).build().run(SNAPSHOT, SESSION);
    assertThat(result.record()).isEqualTo(desk().build().run(SNAPSHOT, SESSION).record());
    assertThat(seen)
        .extracting(Observation.Context::getName)
        .endsWith("qilin.desk.debate", "qilin.desk.select", "qilin.desk.run");
    assertThat(steps)
        .contains("analyst-answered", "analyst-failed", "ranked", "spoken", "recommended")
        .endsWith("end of qilin.desk.run");
    assertThat(seen.get(seen.size() - 1).getHighCardinalityKeyValues())
        .extracting(KeyValue::getKey, KeyValue::getValue)
        .contains(
            tuple("session", SESSION.toString()),
            tuple("degraded", "analyst"),
            tuple("recommended", Integer.toString(result.recommendations().size())));
    assertThat(seen)
        .filteredOn(context -> context.getName().equals("qilin.desk.analyst"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(context -> context.getParentObservation() != null)
        .filteredOn(context -> context.getError() != null)
        .singleElement()
        .satisfies(
            context -> assertThat(context.getLowCardinalityKeyValue("analyst").getValue())
                .isEqualTo("broken"));
    assertThat(seen)
        .allSatisfy(
            context -> assertThat(context.getAllKeyValues().toString()).doesNotContain(".SH"));
  }

  @Test
  void whenSubscribed_thenEveryStepIsTold() {
    List<DeskEvent> got = new ArrayList<>();
    LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    try (DeskEvents events = DeskEvents.on(tasks::add, 1024)) {
      events.subscribe(new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
          subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(DeskEvent event) {
          got.add(event);
        }

        @Override
        public void onError(Throwable failure) {
          throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {}
      });
      ResearchDesk desk = desk().events(events).build();
      desk.run(SNAPSHOT, SESSION);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
    assertThat(got).allMatch(event -> event.session().equals(SESSION));
    assertThat(got).extracting(DeskEvent::kind).startsWith(DeskEvent.Kind.STARTED);
    assertThat(got).extracting(DeskEvent::kind).endsWith(DeskEvent.Kind.FINISHED);
    assertThat(got)
        .filteredOn(event -> event.kind() == DeskEvent.Kind.ANALYST_FAILED)
        .singleElement()
        .satisfies(event -> assertThat(event.subject()).isEqualTo("broken"))
        .satisfies(event -> assertThat(event.detail()).contains("QILIN-3000", "a defect"));
    assertThat(got).filteredOn(event -> event.kind() == DeskEvent.Kind.SPOKEN).hasSize(32);
    assertThat(got)
        .filteredOn(event -> event.kind() == DeskEvent.Kind.RECOMMENDED)
        .isNotEmpty();
  }
}
