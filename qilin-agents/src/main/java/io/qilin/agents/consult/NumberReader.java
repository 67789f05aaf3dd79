package io.qilin.agents.consult;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the numbers in a text, in digits, in simple Chinese numerals, and in English words before a scale or a share. Stateless. */
final class NumberReader {
  /** How the sign of a number is written. */
  enum Sign {
    MINUS,
    PLUS,
    NONE
  }

  /**
   * A number as it is quoted.
   *
   * @param text as written
   * @param value without its sign; a percentage as a fraction; {@code NaN} if it is too long to be read
   * @param step the worth of its last digit, in the same measure
   * @param share whether it is a percentage or the like
   */
  record Quoted(String text, double value, double step, boolean share, Sign sign) {}

  private static final int LONGEST = 40;
  private static final String SCALES =
      "万亿|亿|千万|百万|十万|万|千|百" + "|trillion|billion|million|thousand|tn|bn|mn|[kKmMbB](?![A-Za-z])";
  private static final String SHARES =
      "%|‰|个百分点|个点|基点|成(?![交为长立本])|percentage points?|percent|per cent|pct|pp|bps?|basis points?";
  private static final Pattern DIGITS = Pattern.compile(
      "(?<sign>(?<![0-9A-Za-z)])[+-])?(?<per>[百千万]分之)?(?<whole>[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)"
          + "(?<decimals>\\.[0-9]++)?(?<power>[eE][+-]?[0-9]{1,3}+(?![0-9A-Za-z]))?"
          + "(?: ?(?<scale>" + SCALES + "))?(?: ?(?<share>" + SHARES + "))?");
  private static final String NUMERALS = "[零〇一二两三四五六七八九十百千万亿]";
  private static final Pattern CHINESE = Pattern.compile("(?<sign>负)?(?:"
      + "(?<percent>[百千万]分之)(?<p>" + NUMERALS + "++(?:点" + NUMERALS + "++)?)"
      + "|(?<n>(?<![0-9.]|" + NUMERALS + ")[零〇一二两三四五六七八九十]" + NUMERALS
      + "*+(?:点[零〇一二三四五六七八九]++)?+[多余几]?+[万亿]*+)"
      + "(?<unit>%|‰|成(?![交为长立本])|倍|元|股|手|个百分点|个点|天|日|年|个月|周))");
  private static final Pattern ENGLISH = Pattern.compile(
      "(?<![a-z])(?<n>" + EnglishNumeral.WORD + "(?:[- ](?:and )?"
          + EnglishNumeral.WORD + "){0,7}+)"
          + "(?:[- ](?<scale>thousand|million|billion|trillion))?"
          + "(?:[- ]?(?<share>%|percentage points?|percent|per cent|pct|bps|basis points?))?(?![a-z])");
  /** 三分之一, but not 百分之一. */
  private static final Pattern PARTS = Pattern.compile("([二两三四五六七八九十]{1,3})分之([一二两三四五六七八九十]{1,3})");
  /** A fraction of small numbers is taken for a number with two decimals. */
  private static final double PART_STEP = 0.01;
  /** What Java says of a sign like ½. */
  private static final int FRACTION = -2;

  private static final Map<String, Double> SCALE = new HashMap<>();
  private static final Map<String, Double> SHARE = new HashMap<>();

  static {
    SCALE.putAll(Map.of("百", 1e2, "千", 1e3, "万", 1e4, "十万", 1e5, "百万", 1e6, "千万", 1e7));
    SCALE.putAll(Map.of("亿", 1e8, "万亿", 1e12, "thousand", 1e3, "k", 1e3, "million", 1e6));
    SCALE.putAll(Map.of("mn", 1e6, "m", 1e6, "billion", 1e9, "bn", 1e9, "b", 1e9));
    SCALE.putAll(Map.of("trillion", 1e12, "tn", 1e12));
    SHARE.putAll(Map.of("‰", 1e-3, "成", 0.1, "基点", 1e-4, "bp", 1e-4, "bps", 1e-4));
    SHARE.putAll(Map.of("百分之", 1e-2, "千分之", 1e-3, "万分之", 1e-4));
    SHARE.putAll(Map.of("basis point", 1e-4, "basis points", 1e-4));
  }

  private static final String CHEQUE = "壹贰叁肆伍陆柒捌玖拾佰仟";
  private static final String PLAIN = "一二三四五六七八九十百千";
  /** Worth a number only before a share, as they mostly count a list. */
  private static final Pattern ENCLOSED =
      Pattern.compile("(?i)[①-⑳㉑-㉟㊱-㊿Ⅰ-Ⅿⅰ-ⅿ](?= ?(?:%|‰|个百分点|成|倍|per ?cent|pct))");
  /** Two or more in a row, as one alone is more often a part of a name. */
  private static final Pattern FORMAL = Pattern.compile("[" + CHEQUE + "零〇一二两三四五六七八九十百千万亿点]{2,}");

  private NumberReader() {}

  /**
   * The numbers of a text.
   *
   * @param text as {@link #halfWidth} gives it, in lower case
   */
  @SuppressWarnings(
      "CharacterGetNumericValue") // asked for signs that are fractions, which is what it tells best
  static List<Quoted> read(String text) {
    List<Quoted> out = new ArrayList<>();
    Matcher digits = DIGITS.matcher(text);
    while (digits.find()) {
      out.add(digits(digits));
    }
    Matcher chinese = CHINESE.matcher(text);
    while (chinese.find()) {
      Quoted quoted = chinese(chinese);
      boolean word = quoted.value() == 1 && quoted.text().length() == 2;
      if (!word) {
        out.add(quoted);
      }
    }
    Matcher english = ENGLISH.matcher(text);
    while (english.find()) {
      String scale = group(english, "scale");
      String share = group(english, "share");
      if (!scale.isEmpty() || !share.isEmpty()) {
        EnglishNumeral number = EnglishNumeral.parse(english.group("n"));
        double factor = SCALE.getOrDefault(scale, 1.0) * factor(share);
        out.add(new Quoted(
            english.group(),
            number.value() * factor,
            number.step() * factor,
            !share.isEmpty(),
            Sign.NONE));
      }
    }
    Matcher parts = PARTS.matcher(text);
    while (parts.find()) {
      double value = ChineseNumeral.parse(parts.group(2)).value()
          / ChineseNumeral.parse(parts.group(1)).value();
      out.add(new Quoted(parts.group(), value, PART_STEP, true, Sign.NONE));
    }
    text.codePoints()
        .filter(c -> Character.getNumericValue(c) == FRACTION)
        .forEach(c -> out.add(new Quoted(Character.toString(c), Double.NaN, 1, true, Sign.NONE)));
    return out;
  }

  private static Quoted digits(Matcher found) {
    String decimals = group(found, "decimals");
    String power = group(found, "power");
    String number = group(found, "whole").replace(",", "") + decimals + power;
    String share = group(found, "share").isEmpty() ? group(found, "per") : group(found, "share");
    double factor = SCALE.getOrDefault(group(found, "scale"), 1.0) * factor(share);
    double value = number.length() <= LONGEST ? Double.parseDouble(number) * factor : Double.NaN;
    double step =
        Double.parseDouble("1" + power) * Math.pow(10, -Math.max(0, decimals.length() - 1));
    return new Quoted(
        found.group().strip(),
        value,
        step * factor,
        !share.isEmpty(),
        switch (group(found, "sign")) {
          case "-" -> Sign.MINUS;
          case "+" -> Sign.PLUS;
          default -> Sign.NONE;
        });
  }

  private static Quoted chinese(Matcher found) {
    boolean percent = !group(found, "percent").isEmpty();
    String unit = percent ? group(found, "percent") : group(found, "unit");
    boolean share = percent || "%‰成".contains(unit) || unit.endsWith("点");
    double factor = share ? factor(unit) : 1;
    ChineseNumeral number =
        ChineseNumeral.parse(group(found, percent ? "p" : "n").replaceAll("[多余几]", ""));
    return new Quoted(
        found.group(),
        number.value() * factor,
        number.step() * factor,
        share,
        group(found, "sign").isEmpty() ? Sign.NONE : Sign.MINUS);
  }

  /** What one of a share is worth; 1 if it is none. */
  private static double factor(String share) {
    return share.isEmpty() ? 1 : SHARE.getOrDefault(share, 1e-2);
  }

  private static String group(Matcher found, String name) {
    String text = found.group(name);
    return text == null ? "" : text;
  }

  /**
   * Full-width signs, the digits of every script, raised ones that are no exponent and enclosed numbers before a share as ASCII,
   * minus signs of all kinds as one, the numerals of cheques and 廿, 卅, 卌 as plain ones.
   */
  @SuppressWarnings("CharacterGetNumericValue") // as above
  static String halfWidth(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean raised = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int digit = Character.digit(c, 10);
      int small = raisedDigit(c);
      raised = small >= 0 && (raised || out.isEmpty() || !joins(out.charAt(out.length() - 1)));
      if (c == '−' || c == '﹣') {
        out.append('-');
      } else if (digit >= 0 || raised) {
        out.append((char) ('0' + Math.max(digit, small)));
      } else {
        switch (c) {
          case '萬' -> out.append('万');
          case '億' -> out.append('亿');
          case '廿' -> out.append("二十");
          case '卅' -> out.append("三十");
          case '卌' -> out.append("四十");
          default -> out.appendCodePoint(c >= '！' && c <= '～' ? c - '！' + '!' : c);
        }
      }
    }
    String plain = ENCLOSED
        .matcher(out)
        .replaceAll(found ->
            Integer.toString(Math.max(0, Character.getNumericValue(found.group().charAt(0)))));
    return FORMAL.matcher(plain).replaceAll(found -> plain(found.group()));
  }

  /** What a raised or lowered digit is worth; −1 if it is none. */
  private static int raisedDigit(int c) {
    return switch (c) {
      case '¹' -> 1;
      case '²' -> 2;
      case '³' -> 3;
      default -> {
        boolean up = c == '⁰' || (c >= '⁴' && c <= '⁹');
        yield up ? c - '⁰' : c >= '₀' && c <= '₉' ? c - '₀' : -1;
      }
    };
  }

  /** Whether a raised digit behind it is an exponent or a footnote. */
  private static boolean joins(char before) {
    return Character.isLetterOrDigit(before) || before == ')' || before == ']';
  }

  private static String plain(String numerals) {
    StringBuilder out = new StringBuilder(numerals.length());
    for (int i = 0; i < numerals.length(); i++) {
      int place = CHEQUE.indexOf(numerals.charAt(i));
      out.append(place < 0 ? numerals.charAt(i) : PLAIN.charAt(place));
    }
    return out.toString();
  }
}
