package io.qilin.security.screening;

import java.util.BitSet;

/** The letters that patterns are made of: ASCII without upper case, one symbol for all other characters, and the edge. */
final class Symbol {
  /** Any character outside ASCII. */
  static final int OTHER = 128;

  /** What stands before the first and after the last character. */
  static final int EDGE = 129;

  /** How many there are. */
  static final int COUNT = 130;

  private Symbol() {}

  static int of(int character) {
    if (character >= 128 || character < 0) {
      return OTHER;
    }
    return character >= 'A' && character <= 'Z' ? character + 32 : character;
  }

  static BitSet any() {
    BitSet all = new BitSet(COUNT);
    all.set(0, EDGE);
    all.clear('A', 'Z' + 1);
    return all;
  }

  static BitSet not(BitSet set) {
    BitSet all = any();
    all.andNot(set);
    return all;
  }

  static BitSet word() {
    BitSet set = new BitSet(COUNT);
    set.set('a', 'z' + 1);
    set.set('0', '9' + 1);
    set.set('_');
    return set;
  }

  static BitSet digits() {
    BitSet set = new BitSet(COUNT);
    set.set('0', '9' + 1);
    return set;
  }

  static BitSet blanks() {
    BitSet set = new BitSet(COUNT);
    set.set('\t', '\r' + 1);
    set.set(' ');
    return set;
  }

  /** What can stand beside a word: any other symbol, or the edge. */
  static BitSet beside() {
    BitSet set = not(word());
    set.set(EDGE);
    return set;
  }
}
