package io.qilin.mlops.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a running body told and the store does not have yet: the newest of it, bounded in number and in characters. Safe to share
 * between threads: all under one lock, nothing waits inside.
 */
final class Notes {
  private static final int MOST_CHARACTERS = 4 << 20;
  /** What an event takes besides its text. */
  private static final int EXTRA = 64;

  private final int most;
  private final Deque<Note> waiting = new ArrayDeque<>();
  private long characters;
  private long skipped;
  private boolean closed;

  /** What was taken out to be written; the skipped ones stood before the first. */
  record Batch(List<Note> notes, long skipped) {
    boolean isEmpty() {
      return notes.isEmpty() && skipped == 0;
    }
  }

  Notes(int most) {
    this.most = most;
  }

  synchronized void add(Note note) {
    if (closed) {
      return;
    }
    Note last = waiting.peekLast();
    if (note.kind() == Note.Kind.PROGRESS && last != null && last.kind() == Note.Kind.PROGRESS) {
      waiting.removeLast();
      characters -= size(last);
    }
    waiting.addLast(note);
    characters += size(note);
    bound();
  }

  /** Takes all out. */
  synchronized Batch take() {
    Batch batch = new Batch(new ArrayList<>(waiting), skipped);
    waiting.clear();
    characters = 0;
    skipped = 0;
    return batch;
  }

  /** Puts back what could not be written. */
  synchronized void giveBack(Batch batch) {
    for (int i = batch.notes().size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.notes().get(i));
      characters += size(batch.notes().get(i));
    }
    skipped += batch.skipped();
    bound();
  }

  /** From now on nothing is added. */
  synchronized void close() {
    closed = true;
  }

  private void bound() {
    while (waiting.size() > most || characters > MOST_CHARACTERS) {
      characters -= size(waiting.removeFirst());
      skipped++;
    }
  }

  private static int size(Note note) {
    return note.text().length() + EXTRA;
  }
}
