-- 需要长期保存的表（处理意见、疑点沿革）的视图。
CREATE VIEW v_decisions AS
SELECT h.finding_id, h.source, h.part, h.rule, h.severity, h.title, h.message,
       CASE WHEN h.last_run = (SELECT MAX(run) FROM runs) THEN 1 ELSE 0 END AS still_found,
       h.first_run, h.last_run, d.decision, d.note, d.decided_by, d.decided_on, d.carried_from
FROM finding_history h
LEFT JOIN decisions d
       ON d.decision_id = (SELECT MAX(e.decision_id) FROM decisions e WHERE e.finding_id = h.finding_id);
