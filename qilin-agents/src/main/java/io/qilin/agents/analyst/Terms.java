package io.qilin.agents.analyst;

/**
 * The terms that a text names, and whether it denies them.
 *
 * <p>A negation (不, 未, 终止, {@code not}, {@code terminates} ...) belongs to the next term of its
 * clause, at most {@link #NEAR} Chinese or {@link #NEAR_LATIN} Latin characters on; one that may
 * follow (终止, 失败, {@code called off} ...) and has no such term belongs to the term before. Two
 * negations of one term cancel out. Words that merely contain a negation (不断, 未来, 无锡) are known
 * as words of their own. Safe to share once built.
 */
final class Terms {
  /** Told of each term of a text, from left to right. */
  interface Sink {
    /**
     * Takes a term.
     *
     * @param denied whether an odd number of negations belongs to it
     */
    void term(int term, boolean inTitle, boolean denied);
  }

  static final int NEAR = 10;
  static final int NEAR_LATIN = 24;
  private static final int MOST = 128;

  private static final int WORD = 0;
  private static final int BEFORE = 1;
  private static final int AFTER = 2;
  private static final int EITHER = 3;
  private static final int FIRST_TERM = 4;

  private final PhraseTable table = new PhraseTable();

  Terms() {
    add(
        WORD,
        "不断",
        "不仅",
        "不但",
        "不少",
        "不锈钢",
        "不动产",
        "不同",
        "不限",
        "未来",
        "无锡",
        "无线",
        "无人机",
        "无人驾驶",
        "无论",
        "非常",
        "不超过",
        "不低于",
        "不少于",
        "不高于",
        "不足",
        "不久",
        "不排除",
        "不确定",
        "不良",
        "不得不",
        "未分配利润",
        "无需",
        "无偿",
        "无缝",
        "not only",
        "no doubt",
        "无条件通过",
        "有条件通过");
    add(
        BEFORE,
        "不",
        "未",
        "没",
        "没有",
        "无",
        "不会",
        "不存在",
        "并非",
        "尚未",
        "未能",
        "未获",
        "否认",
        "澄清",
        "拒绝",
        "放弃",
        "撤回",
        "无意",
        "从未",
        "并无",
        "not",
        "no",
        "never",
        "without",
        "denies",
        "denied",
        "deny",
        "rejects",
        "reject",
        "fails to",
        "failed to",
        "drops",
        "drop",
        "abandons",
        "abandon",
        "withdraws",
        "withdraw",
        "don't",
        "doesn't",
        "won't",
        "isn't",
        "refutes");
    add(
        AFTER,
        "失败",
        "落空",
        "无效",
        "被否",
        "未通过",
        "未获通过",
        "不成立",
        "不实",
        "不属实",
        "子虚乌有",
        "called off",
        "falls through",
        "fell through",
        "is denied",
        "is false",
        "untrue",
        "fails");
    add(
        EITHER,
        "终止",
        "取消",
        "中止",
        "terminated",
        "cancelled",
        "canceled",
        "terminates",
        "cancels",
        "scrapped",
        "scraps",
        "halted");
  }

  private void add(int code, String... phrases) {
    for (String phrase : phrases) {
      table.add(phrase, code);
    }
  }

  /** Adds ways to say a term. */
  Terms term(int term, String... phrases) {
    add(FIRST_TERM + term, phrases);
    return this;
  }

  /** Reads a text; at most 128 terms and negations of it. */
  void read(PlainText text, Sink sink) {
    Scan scan = null;
    int clause = 0;
    int count = 0;
    for (int at = 0; at < text.length() && count < MOST; ) {
      int found = table.longest(text, at);
      if (found == PhraseTable.NONE) {
        clause += PlainText.ends(text.at(at)) ? 1 : 0;
        at++;
        continue;
      }
      int end = at + PhraseTable.length(found);
      if (PhraseTable.code(found) != WORD) {
        scan = scan == null ? new Scan() : scan;
        scan.add(PhraseTable.code(found), at, end, clause);
        count++;
      }
      at = end;
    }
    if (scan != null) {
      scan.attach(text);
      scan.tell(text, sink);
    }
  }

  /** What was found in one text. */
  private static final class Scan {
    private int[] codes = new int[8];
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int[] clauses = new int[8];
    private boolean[] denied = new boolean[8];
    private int size;

    private void add(int code, int start, int end, int clause) {
      if (size == codes.length) {
        codes = java.util.Arrays.copyOf(codes, 2 * size);
        starts = java.util.Arrays.copyOf(starts, 2 * size);
        ends = java.util.Arrays.copyOf(ends, 2 * size);
        clauses = java.util.Arrays.copyOf(clauses, 2 * size);
        denied = java.util.Arrays.copyOf(denied, 2 * size);
      }
      codes[size] = code;
      starts[size] = start;
      ends[size] = end;
      clauses[size++] = clause;
    }

    private void attach(PlainText text) {
      for (int k = 0; k < size; k++) {
        if (codes[k] < FIRST_TERM) {
          int reach = PlainText.chinese(text.at(starts[k])) ? NEAR : NEAR_LATIN;
          int term = codes[k] == AFTER ? -1 : after(k, reach);
          term = term < 0 && codes[k] != BEFORE ? before(k, reach) : term;
          if (term >= 0) {
            denied[term] = !denied[term];
          }
        }
      }
    }

    private int after(int cue, int reach) {
      int k = cue + 1;
      while (k < size && codes[k] < FIRST_TERM) {
        k++;
      }
      return k < size && clauses[k] == clauses[cue] && starts[k] - ends[cue] <= reach ? k : -1;
    }

    private int before(int cue, int reach) {
      int k = cue - 1;
      while (k >= 0 && codes[k] < FIRST_TERM) {
        k--;
      }
      return k >= 0 && clauses[k] == clauses[cue] && starts[cue] - ends[k] <= reach ? k : -1;
    }

    private void tell(PlainText text, Sink sink) {
      for (int k = 0; k < size; k++) {
        if (codes[k] >= FIRST_TERM) {
          sink.term(codes[k] - FIRST_TERM, starts[k] < text.titleEnd(), denied[k]);
        }
      }
    }
  }
}
