package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that rules need to know of the rows that they have seen. States of parts of a table merge to the state of the whole,
 * whatever the parts, in any order, to the last bit; so days and partitions combine without being read again. Stored as
 * bytes, a state loses the rows of keys that would only turn out to come again later; all counts stay exact.
 *
 * <p>For use by one thread. Close it if it may have files, see {@link JudgeOptions#spillFolder}.
 */
public final class TableState implements AutoCloseable {
  private static final int MAGIC = 0x514c5453;
  private static final int VERSION = 1;

  private final TableRules rules;
  private final TableSchema schema;
  private final JudgeOptions options;
  private final TextIds ids;
  private final Block block;
  private final List<Group> groups = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private String part;
  private long nextRow;
  private long rows;
  private boolean used;
  private boolean closed;
  private boolean whole = true;

  TableState(TableRules rules, TableSchema schema, JudgeOptions options, String part, TextIds ids) {
    this.rules = rules;
    this.schema = schema;
    this.options = options;
    this.part = part;
    this.ids = ids;
    int[] keys = rules.key().stream().mapToInt(schema::indexOf).toArray();
    this.block = new Block(schema, keys);
    Map<List<RowCondition>, Group> byCondition = new HashMap<>();
    for (TableRule rule : rules.rules()) {
      Group group = byCondition.computeIfAbsent(rule.where(), where -> {
        Group made = new Group(
            where.stream()
                .map(condition -> new ConditionTest(condition, schema))
                .toList(),
            where.isEmpty() ? block : new Block(schema, keys),
            new ArrayList<>());
        groups.add(made);
        return made;
      });
      Tally tally = Tallies.of(rule, schema, ids, options);
      group.tallies().add(tally);
      tallies.add(tally);
    }
  }

  /** Rules that look at the same rows. */
  private record Group(List<ConditionTest> tests, Block block, List<Tally> tallies) {}

  /** A state of the same rules that has seen nothing and may be used by another thread, for the same table. */
  TableState sibling() {
    return new TableState(rules, schema, options, part, ids);
  }

  /** The rows seen. */
  public long rows() {
    return rows;
  }

  /** The columns of the table. */
  public TableSchema schema() {
    return schema;
  }

  /**
   * Adds rows that follow those added before.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema; LIMIT_EXCEEDED if keys need more memory than allowed; IO;
   *     CANCELLED, also if the thread is interrupted. What broke off within a batch is of no more use.
   */
  public void add(TableBatch batch) {
    add(batch, nextRow, 0, batch.columns().get(0).rows());
    nextRow += batch.columns().get(0).rows();
  }

  /**
   * Goes on with another part; its rows are numbered from 0.
   *
   * @param name of the part, as findings tell it
   */
  public void nextPart(String name) {
    part = java.util.Objects.requireNonNull(name, "name");
    nextRow = 0;
  }

  /** Adds the rows {@code [from, to)} of a batch whose first row has the number {@code firstRow} in the part. */
  void add(TableBatch batch, long firstRow, int from, int to) {
    requireUnused();
    if (!batch.schema().equals(schema)) {
      throw QilinException.invalid("the batch has the columns " + batch.schema().fields()
          + ", the rules are bound to " + schema.fields());
    }
    whole = false;
    for (int start = from; start < to; start += Block.ROWS) {
      options.requireGoingOn();
      block.move(batch, part, firstRow, start, Math.min(to, start + Block.ROWS));
      for (int g = 0; g < groups.size(); g++) {
        Group group = groups.get(g);
        if (!group.tests().isEmpty()) {
          group.block().pick(block, group.tests());
        }
        for (int t = 0; t < group.tallies().size(); t++) {
          group.tallies().get(t).add(group.block());
        }
      }
    }
    rows += to - from;
    whole = true;
  }

  /**
   * Takes over what another state has seen; that one is not to be used any more.
   *
   * @throws QilinException INVALID_ARGUMENT for a state of other rules or columns, or one that was taken over before
   */
  public void merge(TableState other) {
    requireUnused();
    other.requireUnused();
    if (other == this || !other.rules.equals(rules) || !other.schema.equals(schema)) {
      throw QilinException.invalid(
          "only states of the same rules and columns merge, and none with itself");
    }
    whole = false;
    other.used = true;
    for (int i = 0; i < tallies.size(); i++) {
      options.requireGoingOn();
      tallies.get(i).merge(other.tallies.get(i));
    }
    rows += other.rows;
    whole = true;
  }

  private void requireUnused() {
    if (closed) {
      throw QilinException.invalid("this state is closed");
    }
    if (!whole) {
      throw QilinException.invalid(
          "this state broke off within rows that it was given; begin another one");
    }
    if (used) {
      throw QilinException.invalid("this state was merged into another and is empty now");
    }
  }

  /**
   * What came of the rules so far; more rows may follow.
   *
   * @param judgedAt the moment that the report bears
   */
  public TableReport report(Instant judgedAt) {
    return report(judgedAt, Crew.alone(options));
  }

  TableReport report(Instant judgedAt, Crew crew) {
    requireUnused();
    List<RuleOutcome> outcomes = new ArrayList<>();
    List<TableFinding> findings = new ArrayList<>();
    for (Tally tally : tallies) {
      options.requireGoingOn();
      tally.prepare(crew);
      Tally.Verdict verdict = tally.verdict(options);
      outcomes.add(verdict.outcome());
      findings.addAll(verdict.findings());
    }
    return TableReport.of(judgedAt, rows, outcomes, findings);
  }

  /**
   * The state as bytes with a version; equal states of equal rules give equal bytes, however their rows were cut.
   *
   * @throws QilinException LIMIT_EXCEEDED if its keys are in files or beyond two gigabytes
   */
  public byte[] toBytes() {
    requireUnused();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      Stored.text(out, fingerprint());
      out.writeLong(rows);
      for (Tally tally : tallies) {
        options.requireGoingOn();
        tally.prepare(Crew.alone(options));
        tally.write(out);
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #toBytes} wrote into this state, which has seen nothing. */
  void read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT, "these bytes are no stored state of table rules");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new QilinException(
            ErrorCode.UNSUPPORTED,
            "the stored state has version " + version + ", this release reads " + VERSION
                + "; judge the table again");
      }
      if (!Stored.text(in).equals(fingerprint())) {
        throw QilinException.invalid("the stored state is one of other rules or columns");
      }
      rows = Stored.notNegative(in);
      for (Tally tally : tallies) {
        tally.read(in);
      }
      if (in.read() >= 0) {
        throw Stored.broken("more bytes than it should");
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the stored state of table rules ends too early", e);
    }
  }

  private String fingerprint() {
    return rules + "\n" + schema.fields();
  }

  @Override
  public void close() {
    closed = true;
    tallies.forEach(Tally::close);
  }
}
