package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link StreamSource}: extend, supply a source over given messages, run.
 *
 * @param <P> what a message carries
 */
public abstract class StreamSourceTck<P> {
  private static final int MANY_POLLS = 10_000;

  /** For subclasses. */
  protected StreamSourceTck() {}

  /** Opens a source that holds these texts, one a message, and ends after them. */
  protected abstract StreamSource<P> open(List<String> messages);

  /** The text that a payload was made of. */
  protected abstract String text(P payload);

  /** Whether the source can be read again from an earlier position. */
  protected boolean replayable() {
    return true;
  }

  /**
   * What was handed over.
   *
   * @param position where it stood
   * @param text what it carried
   */
  protected record Taken(long position, String text) {}

  private static List<String> messages(int count) {
    return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
  }

  private StreamReceiver<P> into(List<Taken> taken) {
    return new StreamReceiver<>() {
      @Override
      public void message(long position, P payload) {
        taken.add(new Taken(position, text(payload)));
      }

      @Override
      public void damaged(long position, long bytes, String reason) {
        throw new AssertionError("damage at " + position + ": " + reason);
      }
    };
  }

  private List<Taken> rest(StreamSource<P> source, int most) {
    List<Taken> taken = new ArrayList<>();
    for (int polls = 0; !source.ended(); polls++) {
      assertThat(polls).as("polls until the end").isLessThan(MANY_POLLS);
      int before = taken.size();
      int told = source.poll(most, into(taken));
      assertThat(told).isEqualTo(taken.size() - before).isLessThanOrEqualTo(most);
    }
    return taken;
  }

  @Test
  void whenPolled_thenAllMessagesComeOnceInOrderAndPositionsAscend() {
    List<String> messages = messages(257);
    try (StreamSource<P> source = open(messages)) {
      List<Taken> taken = rest(source, 7);
      assertThat(taken).extracting(Taken::text).isEqualTo(messages);
      for (int i = 1; i < taken.size(); i++) {
        assertThat(taken.get(i).position()).isGreaterThan(taken.get(i - 1).position());
      }
      assertThat(source.position()).isGreaterThan(taken.get(taken.size() - 1).position());
      assertThat(source.dropped()).isZero();
      assertThat(source.poll(1, into(taken))).isZero();
    }
  }

  @Test
  void whenThereIsNothing_thenItEnds() {
    try (StreamSource<P> source = open(List.of())) {
      assertThat(rest(source, 10)).isEmpty();
      assertThat(source.id()).isNotEmpty();
    }
  }

  @Test
  void whenSoughtToAPositionThatWasTold_thenItGoesOnFromThere() {
    Assumptions.assumeTrue(replayable(), "the source keeps nothing");
    List<String> messages = messages(40);
    try (StreamSource<P> source = open(messages)) {
      List<Taken> all = rest(source, 16);
      for (int i : new int[] {0, 1, 17, 39}) {
        source.seek(all.get(i).position());
        assertThat(source.position()).isEqualTo(all.get(i).position());
        assertThat(rest(source, 16)).isEqualTo(all.subList(i, all.size()));
      }
    }
  }

  @Test
  void whenOpenedAgain_thenPositionsMeanTheSame() {
    Assumptions.assumeTrue(replayable(), "the source keeps nothing");
    List<String> messages = messages(40);
    long middle;
    try (StreamSource<P> source = open(messages)) {
      source.poll(20, into(new ArrayList<>()));
      middle = source.position();
      source.commit(middle);
    }
    try (StreamSource<P> again = open(messages)) {
      again.seek(middle);
      assertThat(rest(again, 9)).extracting(Taken::text).isEqualTo(messages.subList(20, 40));
    }
  }

  @Test
  void whenThereIsNoSuchPosition_thenItIsRefused() {
    try (StreamSource<P> source = open(messages(3))) {
      assertThatThrownBy(() -> source.seek(Long.MAX_VALUE)).isInstanceOf(QilinException.class);
      assertThatThrownBy(() -> source.seek(-5)).isInstanceOf(QilinException.class);
      assertThat(rest(source, 2)).hasSize(3);
    }
  }

  @Test
  void whenTheReceiverThrows_thenTheSameMessageComesAgain() {
    try (StreamSource<P> source = open(messages(5))) {
      List<Taken> taken = new ArrayList<>();
      StreamReceiver<P> failing = new StreamReceiver<>() {
        @Override
        public void message(long position, P payload) {
          if (taken.size() == 2) {
            throw new QilinException(ErrorCode.CANCELLED, "planted");
          }
          taken.add(new Taken(position, text(payload)));
        }

        @Override
        public void damaged(long position, long bytes, String reason) {
          throw new AssertionError(reason);
        }
      };
      assertThatThrownBy(() -> source.poll(5, failing)).hasMessageContaining("planted");
      taken.addAll(rest(source, 5));
      assertThat(taken).extracting(Taken::text).isEqualTo(messages(5));
    }
  }

  @Test
  void whenCommittedBeyondWhatWasRead_thenItIsRefused() {
    try (StreamSource<P> source = open(messages(5))) {
      source.poll(2, into(new ArrayList<>()));
      source.commit(source.position());
      assertThatThrownBy(() -> source.commit(source.position() + 1_000_000))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void whenClosedTwice_thenNothingHappens() {
    StreamSource<P> source = open(messages(1));
    source.close();
    source.close();
    assertThat(source.id()).isNotEmpty();
  }
}
