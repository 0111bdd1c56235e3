create table t(a integer primary key, b text, c real);
insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
  select i, 'row' || (i * 7919 % 1000), i * 0.37 - i % 17 from n;
create index by_text on t(b);
select b, count(*), sum(c) from t where b like '%9%' group by b order by 2 desc, 1 limit 20;
select count(*) from t x join t y on x.a = y.a * 2 where x.c > 0;
select upper(substr(b, 2)), round(c, 2), printf('%08.3f|%x', c, a) from t order by c desc limit 10;
update t set c = c + length(b) where a % 3 = 0;
delete from t where b in (select b from t where c < 0);
select a, sum(c) over (order by a rows between 3 preceding and current row) from t limit 40;
select group_concat(a, '-') from (select a from t union select a * 3 from t order by 1 limit 30);
