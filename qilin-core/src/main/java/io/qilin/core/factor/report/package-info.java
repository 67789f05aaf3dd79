/** Factor studies for people and programs: start with {@link io.qilin.core.factor.report.StudyReport}. */
@NullMarked
package io.qilin.core.factor.report;

import org.jspecify.annotations.NullMarked;
