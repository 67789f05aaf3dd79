package io.qilin.security.screening;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the patterns of rules. They look like regular expressions and differ in this: letters match in both cases, a dot
 * matches line ends too, {@code ^} and {@code $} consume the edge of the text, and {@code \b} consumes one symbol that is
 * no part of a word, or the edge. There are no captures, look-arounds or back-references.
 */
final class PatternParser {
  /**
   * Repetitions with a higher bound have none: each count would be a state of its own, and texts that wander through them
   * would never find a state again.
   */
  private static final int MAX_COUNTED = 3;

  /** Sets of at most so many symbols are counted to any bound. */
  private static final int MAX_NARROW = 26;

  private final String text;
  private int at;

  private PatternParser(String text) {
    this.text = text;
  }

  static Pattern parse(String text) {
    PatternParser parser = new PatternParser(text);
    Pattern pattern = parser.choice();
    if (parser.at != text.length()) {
      throw parser.wrong("a bracket is closed that was not opened");
    }
    return pattern;
  }

  private Pattern choice() {
    List<Pattern> choices = new ArrayList<>();
    choices.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      choices.add(sequence());
    }
    return Pattern.choice(choices);
  }

  private Pattern sequence() {
    List<Pattern> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return Pattern.sequence(parts);
  }

  private Pattern repeated(Pattern part) {
    if (at == text.length()) {
      return part;
    }
    switch (text.charAt(at)) {
      case '*' -> {
        at++;
        return new Pattern.Repeat(part, 0, -1);
      }
      case '+' -> {
        at++;
        return new Pattern.Repeat(part, 1, -1);
      }
      case '?' -> {
        at++;
        return new Pattern.Repeat(part, 0, 1);
      }
      case '{' -> {
        at++;
        int min = number();
        int max = min;
        if (next() == ',') {
          max = text.charAt(at) == '}' ? -1 : number();
          expect('}');
        }
        if (max != -1 && max < min) {
          throw wrong("a repetition ends before it begins");
        }
        boolean narrow =
            part instanceof Pattern.Symbols symbols && symbols.set().cardinality() <= MAX_NARROW;
        return new Pattern.Repeat(part, min, max > MAX_COUNTED && max != min && !narrow ? -1 : max);
      }
      default -> {
        return part;
      }
    }
  }

  private Pattern atom() {
    char c = next();
    return switch (c) {
      case '(' -> {
        Pattern inner = choice();
        expect(')');
        yield inner;
      }
      case '[' -> new Pattern.Symbols(set());
      case '.' -> new Pattern.Symbols(Symbol.any());
      case '^', '$' -> new Pattern.Symbols(single(Symbol.EDGE));
      case '\\' -> new Pattern.Symbols(escape());
      case '*', '+', '?', '{' -> throw wrong("nothing stands before a repetition");
      default -> new Pattern.Symbols(single(Symbol.of(c)));
    };
  }

  private BitSet set() {
    boolean negated = text.charAt(at) == '^';
    if (negated) {
      at++;
    }
    BitSet set = new BitSet(Symbol.COUNT);
    while (true) {
      char c = next();
      if (c == ']') {
        return negated ? Symbol.not(set) : set;
      }
      BitSet low = c == '\\' ? escape() : single(Symbol.of(c));
      if (low.cardinality() == 1
          && at + 1 < text.length()
          && text.charAt(at) == '-'
          && text.charAt(at + 1) != ']') {
        at++;
        char h = next();
        BitSet high = h == '\\' ? escape() : single(Symbol.of(h));
        for (int each = low.nextSetBit(0); each <= high.nextSetBit(0); each++) {
          set.set(Symbol.of(each));
        }
      } else {
        set.or(low);
      }
    }
  }

  private BitSet escape() {
    char c = next();
    return switch (c) {
      case 's' -> Symbol.blanks();
      case 'd' -> Symbol.digits();
      case 'w' -> Symbol.word();
      case 'W' -> Symbol.not(Symbol.word());
      case 'S' -> Symbol.not(Symbol.blanks());
      case 'b' -> Symbol.beside();
      case 'n' -> single('\n');
      case 'r' -> single('\r');
      case 't' -> single('\t');
      case 'u' -> single(Symbol.OTHER);
      case 'x' -> {
        int code = Character.digit(next(), 16) * 16 + Character.digit(next(), 16);
        yield single(Symbol.of(code));
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw wrong("the escape \\" + c + " is not known");
        }
        yield single(Symbol.of(c));
      }
    };
  }

  private int number() {
    int value = 0;
    int begin = at;
    while (at < text.length() && Character.isDigit(text.charAt(at)) && at - begin < 4) {
      value = value * 10 + text.charAt(at++) - '0';
    }
    if (at == begin) {
      throw wrong("a number is missing in a repetition");
    }
    return value;
  }

  private char next() {
    if (at == text.length()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at++);
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw wrong("'" + wanted + "' is missing");
    }
  }

  private static BitSet single(int symbol) {
    BitSet set = new BitSet(Symbol.COUNT);
    set.set(symbol);
    return set;
  }

  private QilinException wrong(String why) {
    return QilinException.invalid("pattern " + text + " is wrong at " + at + ": " + why);
  }
}
