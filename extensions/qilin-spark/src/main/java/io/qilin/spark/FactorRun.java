package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStage;
import io.qilin.core.factor.MissingData;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * One computation of factors: bars move to the partitions of their instruments once; a stage over time reads them there
 * beside the results of earlier stages; what instruments are compared by moves to the partitions of its day, and results move
 * back.
 */
final class FactorRun {
  private static final long MOST_PACKED = 128L << 20;

  private final SparkSession session;
  private final SparkFactorSettings settings;
  private final BarColumns columns;
  private final int partitions;
  private final Set<String> named;
  private final JavaPairRDD<String, byte[]> bars;
  private final Broadcast<SentFactors> factors;
  private final Broadcast<Market> market;

  private FactorRun(
      SparkSession session, SparkFactorSettings settings, Dataset<Row> given, SentFactors sent) {
    FactorPlan plan = sent.plan();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.session = session;
    this.settings = settings;
    requireNames(plan.names());
    this.columns = BarColumns.of(given.schema(), plan, settings);
    this.partitions = settings.partitions() > 0
        ? settings.partitions()
        : Math.max(1, 2 * context.defaultParallelism());
    this.named = new HashSet<>();
    plan.instruments().forEach(symbol -> named.add(symbol.toString()));
    this.bars = move(given);
    Market found = market();
    if (settings.missing() == MissingData.REFUSE) {
      requireInstruments(plan, found);
    }
    this.factors = context.broadcast(sent);
    this.market = context.broadcast(found);
  }

  /** Reads the bars and learns what they are of. */
  static FactorRun begin(Dataset<Row> bars, FactorSet factors, SparkFactorSettings settings) {
    SparkSession session = Sparks.classic(bars.sparkSession());
    requireUnregistered(session.sparkContext().getConf());
    return new FactorRun(session, settings, bars, new SentFactors(factors, settings));
  }

  /** Kryo may serialize what moves, but its list of known classes has none of these. */
  static void requireUnregistered(SparkConf settings) {
    if (settings.getBoolean("spark.kryo.registrationRequired", false)) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "classes of Qilin are not registered with Kryo; unset spark.kryo.registrationRequired");
    }
  }

  private void requireNames(List<String> names) {
    Set<String> seen = new HashSet<>();
    boolean caseCounts = session.sessionState().conf().caseSensitiveAnalysis();
    for (String name : names) {
      if (!caseCounts && !seen.add(name.toLowerCase(Locale.ROOT))) {
        throw QilinException.invalid("two factors are named " + QilinException.quote(name)
            + " but for their case, which Spark takes for one column; rename one of them, or set"
            + " spark.sql.caseSensitive");
      }
      if (name.equalsIgnoreCase(settings.instrumentColumn())
          || name.equalsIgnoreCase(settings.dayColumn())) {
        throw QilinException.invalid("a factor is named " + QilinException.quote(name)
            + " like a column of the keys; rename one of them");
      }
    }
  }

  private static void requireInstruments(FactorPlan plan, Market market) {
    for (Symbol symbol : plan.instruments()) {
      if (!market.holds(symbol.toString())) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "a factor reads " + symbol + ", which is not among the " + market.size()
                + " instruments of the bars; add it to the bars");
      }
    }
  }

  private long packedBytes() {
    return Math.min(MOST_PACKED, settings.taskBytes() / 4);
  }

  private JavaPairRDD<String, byte[]> move(Dataset<Row> given) {
    Dataset<Row> selected = columns.of(given);
    BarColumns read = columns;
    boolean infinities = settings.infinities();
    long bytes = packedBytes();
    HashSet<String> copied = new HashSet<>(named);
    int count = partitions;
    return Sparks.internal(selected)
        .mapPartitionsToPair(rows -> new Packing(
            new BarFeed(rows, read, infinities, TaskContext.getPartitionId()),
            Wiring.BARS,
            bytes,
            copied,
            count))
        .repartitionAndSortWithinPartitions(new InstrumentPartitioner(partitions));
  }

  private Market market() {
    List<MarketPart> parts =
        bars.mapPartitions(pieces -> List.of(new MarketPart(pieces)).iterator()).collect();
    TreeMap<Symbol, String> spellings = new TreeMap<>();
    int offset = (int) LocalDate.of(1, 1, 1).toEpochDay();
    BitSet seen = new BitSet();
    for (MarketPart part : parts) {
      for (int i = 0; i < part.symbols().size(); i++) {
        spellings.put(Symbol.parse(part.symbols().get(i)), part.spellings().get(i));
      }
      for (int day : part.days()) {
        seen.set(day - offset);
      }
    }
    if (spellings.isEmpty()) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "the bars have no row; check what was read or filtered");
    }
    if (spellings.size() > BarFeed.MOST_INSTRUMENTS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the bars have " + spellings.size() + " instruments, at most " + BarFeed.MOST_INSTRUMENTS
              + " are computed at a time; split them");
    }
    int[] days = seen.stream().map(day -> day + offset).toArray();
    return new Market(
        spellings.keySet().stream().map(Symbol::toString).toList(),
        List.copyOf(spellings.values()),
        settings.calendar().isEmpty() ? days : ofCalendar(days));
  }

  /** The days of the calendar between the first and the last row. */
  private int[] ofCalendar(int[] days) {
    int first = days[0];
    int last = days[days.length - 1];
    int[] calendar = settings.calendar().stream()
        .mapToInt(day -> (int) day.toEpochDay())
        .filter(day -> day >= first && day <= last)
        .toArray();
    for (int day : days) {
      if (Arrays.binarySearch(calendar, day) < 0) {
        throw new QilinException(
            ErrorCode.NOT_A_TRADING_DAY,
            "the bars have rows on " + LocalDate.ofEpochDay(day)
                + ", which is not in the calendar given; correct it, or drop the rows");
      }
    }
    return calendar;
  }

  /** What a stage over time is computed from, by groups of instruments. */
  private interface Use<T> extends Serializable {
    Iterator<T> of(GroupDays days, Market market, FactorPlan plan);
  }

  private Wiring wiring() {
    return new Wiring(factors.value().stages(), columns.fields());
  }

  /** Computes the last stage, and all before. */
  private <T> JavaRDD<T> last(Use<T> use) {
    int stages = factors.value().stages().size();
    Map<Integer, JavaPairRDD<String, byte[]>> results = new HashMap<>();
    for (int stage = 0; stage < stages - 1; stage += 2) {
      JavaRDD<Tuple2<Integer, byte[]>> operands = series(
          stage,
          results,
          (days, known, plan) -> new DayPieces(days, known, plan.names().size()));
      results.put(stage + 1, crossed(stage + 1, operands));
    }
    return series(stages - 1, results, use);
  }

  private <T> JavaRDD<T> series(
      int stage, Map<Integer, JavaPairRDD<String, byte[]>> results, Use<T> use) {
    JavaRDD<Tuple2<String, byte[]>> pieces = bars.rdd().toJavaRDD();
    for (int source : wiring().sources(stage)) {
      JavaRDD<Tuple2<String, byte[]>> more =
          Objects.requireNonNull(results.get(source)).rdd().toJavaRDD();
      pieces = pieces.zipPartitions(more, InstrumentPieces::new);
    }
    Broadcast<SentFactors> sent = factors;
    Broadcast<Market> known = market;
    BarColumns read = columns;
    long bytes = settings.taskBytes() / 4;
    return pieces.mapPartitions(own -> {
      FactorPlan plan = sent.value().series(stage);
      Wiring wiring = new Wiring(sent.value().stages(), read.fields());
      Groups groups = new Groups(own, known.value(), wiring, stage, plan.instruments(), bytes);
      return use.of(new GroupDays(groups, plan), known.value(), plan);
    });
  }

  private JavaPairRDD<String, byte[]> crossed(
      int stage, JavaRDD<Tuple2<Integer, byte[]>> operands) {
    Broadcast<SentFactors> sent = factors;
    Broadcast<Market> known = market;
    long bytes = packedBytes();
    long taskBytes = settings.taskBytes();
    HashSet<String> copied = new HashSet<>();
    List<FactorStage> stages = sent.value().stages();
    for (int later = stage + 1; later < stages.size(); later += 2) {
      sent.value().series(later).instruments().forEach(symbol -> copied.add(symbol.toString()));
    }
    int count = partitions;
    return JavaPairRDD.fromJavaRDD(operands)
        .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
        .mapPartitionsToPair(pieces -> new Packing(
            new CrossFeed(
                pieces,
                known.value(),
                sent.value().series(stage - 1),
                sent.value().crossing(stage).operations(),
                taskBytes),
            stage,
            bytes,
            copied,
            count))
        .repartitionAndSortWithinPartitions(new InstrumentPartitioner(partitions));
  }

  /** The factors as rows. */
  Dataset<Row> rows() {
    boolean nulls = !settings.nans();
    JavaRDD<InternalRow> rows =
        last((days, known, plan) -> new FactorRows(days, known, plan.names().size(), nulls));
    List<StructField> fields = new ArrayList<>();
    fields.add(
        DataTypes.createStructField(settings.instrumentColumn(), DataTypes.StringType, false));
    fields.add(DataTypes.createStructField(settings.dayColumn(), DataTypes.DateType, false));
    SentFactors sent = factors.value();
    for (String name : sent.series(sent.stages().size() - 1).names()) {
      fields.add(DataTypes.createStructField(name, DataTypes.DoubleType, nulls));
    }
    StructType schema = DataTypes.createStructType(fields);
    return session.internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /** The factors as Arrow streams. */
  Dataset<byte[]> arrow() {
    String instrument = settings.instrumentColumn();
    String day = settings.dayColumn();
    JavaRDD<byte[]> streams = last((days, known, plan) -> {
      List<TableField> fields = new ArrayList<>();
      fields.add(new TableField(instrument, ColumnType.TEXT));
      fields.add(new TableField(day, ColumnType.DATE));
      plan.names().forEach(name -> fields.add(new TableField(name, ColumnType.FLOAT64)));
      return new FactorStreams(days, known, new TableSchema(fields));
    });
    return session.createDataset(streams.rdd(), Encoders.BINARY());
  }
}
