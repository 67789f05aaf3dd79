package io.qilin.security.access;

import static io.qilin.security.access.Policies.json;
import static io.qilin.security.access.Policies.noon;
import static io.qilin.security.access.Policies.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Race;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PolicyStoreTest {
  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicReference<PolicySource> source = new AtomicReference<>(() -> allowing(1));
  private final PolicyStore store =
      PolicyStore.of(() -> source.get().load(), ticker::get, PolicyStore.LONGEST_AGE);
  private final AccessControl access = AccessControl.of(store, ticker::get);

  private static byte[] allowing(long revision) {
    return json(
        "{'revision': " + revision + ", 'roles': {'trader': {'permissions': ['submit:**']}},"
            + "'subjects': {'alice': ['trader']}}");
  }

  private static byte[] denying(long revision) {
    return json("{'revision': " + revision + ", 'roles': {}}");
  }

  private boolean allowed() {
    return access.decide(submit(noon())).allowed();
  }

  @Test
  void whenThereIsNoPolicyYet_thenAllIsDenied() {
    assertThat(access.decide(submit(noon())))
        .isEqualTo(new Decision.Deny(
            "unavailable", "there is no policy, or its source failed for too long"));
    assertThat(access.explain(submit(noon())).decision().allowed()).isFalse();
    assertThat(access.explain(submit(noon())).revision()).isZero();
  }

  @Test
  void whenTheSourceFails_thenTheLastGoodPolicyStaysForAMinuteAndNoLonger() {
    store.refresh();
    source.set(() -> {
      throw new QilinException(ErrorCode.IO, "the disk is gone");
    });
    ticker.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThatThrownBy(store::refresh).hasMessageContaining("the disk is gone");
    assertThat(allowed()).isTrue();

    ticker.addAndGet(1);

    assertThat(allowed()).isFalse();
    assertThat(store.policy()).isEmpty();
    source.set(() -> allowing(1));
    store.refresh();
    assertThat(allowed()).isTrue();
  }

  @Test
  void whenTheSourceConfirmsThePolicy_thenItStays() {
    for (int i = 0; i < 5; i++) {
      store.refresh();
      ticker.addAndGet(Duration.ofSeconds(59).toNanos());
      assertThat(allowed()).isTrue();
    }
  }

  @Test
  void whenTheTickerGoesBack_thenThereIsNoPolicy() {
    store.refresh();
    ticker.addAndGet(-1);

    assertThat(allowed()).isFalse();
  }

  @Test
  void whenThePolicyChanges_thenItCountsAtOnce() {
    store.refresh();
    assertThat(allowed()).isTrue();
    source.set(() -> denying(2));
    store.refresh();

    assertThat(allowed()).isFalse();
    assertThat(store.policy().orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void whenAnOlderOrSecretlyChangedPolicyComes_thenItIsRefusedAndTheLastStays() {
    source.set(() -> denying(5));
    store.refresh();
    source.set(() -> allowing(4));
    assertThatThrownBy(store::refresh)
        .hasMessageContaining("QILIN-6003 the policy of revision 4 is refused: revision 5");
    source.set(() -> allowing(5));
    assertThatThrownBy(store::refresh).hasMessageContaining("its text differs");
    source.set(() -> json("{'revision': 6, 'roles': {}, 'x': 1}"));
    assertThatThrownBy(store::refresh).hasMessageContaining("there is no member 'x'");

    assertThat(store.policy().orElseThrow().revision()).isEqualTo(5);
    assertThat(allowed()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // a source that breaks its contract
  void whenTheSourceBreaksItsContract_thenTheErrorIsTyped() {
    source.set(() -> null);
    assertThatThrownBy(store::refresh).hasMessageContaining("QILIN-6013");
    source.set(() -> {
      throw new ArrayIndexOutOfBoundsException("7");
    });
    assertThatThrownBy(store::refresh)
        .hasMessageContaining("QILIN-6013")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void whenTheAgeIsOutOfRange_thenThereIsNoStore() {
    for (Duration age : Arrays.asList(
        Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(60).plusNanos(1))) {
      assertThatThrownBy(() -> PolicyStore.of(source.get(), ticker::get, age))
          .hasMessageContaining("more than 0 and at most 60 s");
    }
    assertThatCode(() -> PolicyStore.of(source.get(), ticker::get, Duration.ofNanos(1)))
        .doesNotThrowAnyException();
  }

  @Test
  @SuppressWarnings("NullAway") // what must not come may come
  void whenSomethingFailsWhileDeciding_thenItIsDenied() {
    store.refresh();
    AccessControl broken = AccessControl.of(store, () -> {
      throw new ArithmeticException("no time");
    });

    assertThat(access.decide(null)).isEqualTo(new Decision.Deny("error", "there is no request"));
    assertThat(broken.decide(submit(noon())))
        .isEqualTo(new Decision.Deny("error", "deciding failed: java.lang.ArithmeticException"));
  }

  @Test
  void whenManyAskForManyThings_thenTheMemoryOfAnswersChangesNone() {
    store.refresh();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        boolean alice = i % 2 == 0;
        AccessRequest request = new AccessRequest(
            Identity.of(alice ? "alice" : "bob" + i), "submit", "o/" + i / 2, noon());
        assertThat(access.decide(request).allowed()).isEqualTo(alice);
      }
    }
  }

  @Test
  void whenAnAnswerIsRemembered_thenConditionsAreStillLookedAt() {
    source.set(() -> json("{'revision': 9, 'roles': {'trader': {'permissions': ['submit:**']}},"
        + "'subjects': {'alice': ['trader']}, 'rules': [{'id': 'd', 'effect': 'deny',"
        + "'permissions': ['submit:**'], 'when': {'figureAtLeast': {'risk': 0.7}}}]}"));
    store.refresh();

    assertThat(access.decide(submit(noon().withFigure("risk", 0.1))).allowed()).isTrue();
    assertThat(access.decide(submit(noon().withFigure("risk", 0.7))).allowed()).isFalse();
    assertThat(access.decide(submit(noon().withFigure("risk", 0.1))).allowed()).isTrue();
  }

  @Test
  void whenPoliciesAreExchangedUnderFire_thenEachDecisionIsOfOnePolicyAndRevisionsOnlyGrow()
      throws Exception {
    AtomicLong next = new AtomicLong();
    AtomicLong live = new AtomicLong();
    source.set(() -> {
      long revision = next.incrementAndGet();
      return revision % 2 == 0 ? allowing(revision) : denying(revision);
    });
    store.refresh();
    int rounds = Race.rounds(800);

    Race.run(4, () -> {
      long seen = 0;
      for (int i = 0; i < rounds; i++) {
        if (i % 8 == 0) {
          refreshUnlessOvertaken();
        }
        Explanation explained = access.explain(submit(noon()));
        assertThat(explained.decision().allowed()).isEqualTo(explained.revision() % 2 == 0);
        assertThat(explained.revision()).isGreaterThanOrEqualTo(seen);
        seen = explained.revision();
      }
      return live.addAndGet(seen);
    });
    assertThat(live.get()).isPositive();
    assertThat(store.policy().orElseThrow().revision()).isEqualTo(next.get());
  }

  /** Another thread may have brought a later revision meanwhile. */
  private void refreshUnlessOvertaken() {
    try {
      store.refresh();
    } catch (QilinException e) {
      assertThat(e).hasMessageContaining("was in force");
    }
  }
}
