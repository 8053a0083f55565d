#include "label/items.hpp"

#include <algorithm>
#include <cstddef>

namespace magnesia::label {
namespace {

using Kind = Piece::Kind;

constexpr int deepest = 16;
constexpr std::size_t none = static_cast<std::size_t>(-1);

// Words between amounts, with what they name.
struct Run {
  bool magnesium = false;
  bool element = false;
  bool elemental = false;
  bool blend = false;
  bool other = false;
  std::vector<SaltRef> salts;
  std::vector<Amount> amounts;
  std::vector<Amount> behind;  // where the amounts may be those before it or these
  std::size_t at = 0;
  std::size_t end = 0;
  bool amount_first = false;
};
struct Group {
  std::size_t begin;
  std::size_t end;
  std::size_t after_run;  // index of the run that it stands behind, or none
};
struct Clause {
  Role lead = Role::none;
  std::vector<Run> runs;
  std::vector<std::vector<Amount>> amounts;  // amounts[i] stand before runs[i]; the last, behind all
  std::vector<Group> groups;
  bool open_run = false;  // the next word goes on with the last run
  bool column = false;    // of a table, and not the first

  [[nodiscard]] bool empty() const noexcept {
    return runs.empty() && groups.empty() && amounts.size() == 1 && amounts[0].empty();
  }
};

// Where the items of one bracket depth belong.
struct Frame {
  std::size_t parent = none;  // the item that the bracket explains
  std::size_t last = none;    // the last item of this depth
  std::size_t blend = none;   // an item whose amount is of all that follows
};

Amount hull(const Amount& a, const Amount& b) {
  Amount both = a;
  both.mg = Interval<Exact>::hull(a.mg, b.mg);
  if (b.fault) both.fault = b.fault;
  return both;
}

class Assembler {
 public:
  explicit Assembler(const std::vector<Piece>& pieces) : pieces_{pieces} {}

  std::vector<Item> read() {
    Frame frame;
    level(0, pieces_.size(), frame, 0);
    for (const Amount& amount : pending_)
      if (Item* const item = first_magnesium()) item->own.push_back(amount);
    return std::move(items_);
  }

 private:
  void fresh(Clause& clause, Role lead) {
    clause = {};
    clause.column = lead == Role::column;
    clause.lead = clause.column ? Role::none : lead;
    clause.amounts.emplace_back();
  }
  Run& run(Clause& clause, const Piece& piece) {
    if (!clause.open_run) {
      clause.runs.emplace_back().at = piece.at;
      clause.amounts.emplace_back();
      clause.open_run = true;
    }
    clause.runs.back().end = piece.end;
    return clause.runs.back();
  }

  [[nodiscard]] std::size_t closing(std::size_t open, std::size_t end) const noexcept {
    int depth = 0;
    for (std::size_t i = open; i < end; ++i) {
      if (pieces_[i].kind == Kind::open) ++depth;
      if (pieces_[i].kind == Kind::close && --depth == 0) return i;
    }
    return end;
  }

  void level(std::size_t begin, std::size_t end, Frame& frame, int depth) {
    Clause clause;
    fresh(clause, Role::none);
    for (std::size_t i = begin; i < end; ++i) {
      const Piece& piece = pieces_[i];
      switch (piece.kind) {
        case Kind::open: {
          if (depth == deepest) break;
          const std::size_t close = closing(i, end);
          clause.groups.push_back({i + 1, close, clause.runs.empty() ? none : clause.runs.size() - 1});
          i = close;
          break;
        }
        case Kind::close: break;
        case Kind::comma: flush(clause, frame, depth, Role::none); break;
        case Kind::line:  // a full stop does not end a list of ingredients; a new heading does
          flush(clause, frame, depth, Role::none);
          frame.blend = none;
          break;
        case Kind::colon: {
          const bool heads =
              clause.lead == Role::none && !clause.runs.empty() && clause.runs.size() == 1 && !amounts_empty(clause);
          // "Magnesium Bisglycinate: 1 scoop: Magnesium (as …) 200 mg" names the product first.
          if (clause.open_run && !clause.runs.back().salts.empty()) clause.open_run = false;
          if (heads || excipients_) {
            flush(clause, frame, depth, Role::none);
            if (frame.last != none && heads && (!items_[frame.last].magnesium || items_[frame.last].blend))
              frame.blend = frame.last;
          }
          break;
        }
        case Kind::element: run(clause, piece).element = run(clause, piece).magnesium = true; break;
        case Kind::salt:
          run(clause, piece).magnesium = true;
          clause.runs.back().salts.push_back(piece.salt);
          break;
        case Kind::other: run(clause, piece).other = true; break;
        case Kind::number: break;
        case Kind::amount:
          clause.amounts.back().push_back(piece.amount);
          clause.open_run = false;
          break;
        case Kind::word: word(clause, frame, depth, i, end); break;
      }
    }
    flush(clause, frame, depth, Role::none);
  }
  [[nodiscard]] static bool amounts_empty(const Clause& clause) noexcept {
    return std::all_of(clause.amounts.begin(), clause.amounts.end(), [](const auto& a) { return a.empty(); });
  }

  void word(Clause& clause, Frame& frame, int depth, std::size_t i, std::size_t end) {
    switch (const Role role = pieces_[i].role) {
      case Role::as:
      case Role::from:
      case Role::provides:
      case Role::total: flush(clause, frame, depth, role); break;
      case Role::column:
        flush(clause, frame, depth, role);
        frame.blend = none;
        break;
      case Role::elemental: {
        Run& r = run(clause, pieces_[i]);
        r.elemental = true;
        break;
      }
      case Role::blend: run(clause, pieces_[i]).blend = true; break;
      case Role::conjunction: {
        // "magnesium oxide and magnesium citrate 300 mg" have one amount.
        const bool joint = clause.open_run && clause.runs.back().magnesium && !clause.runs.back().salts.empty() && i + 1 < end &&
                           pieces_[i + 1].kind == Kind::salt && clause.amounts[clause.runs.size() - 1].empty();
        if (!joint) flush(clause, frame, depth, Role::none);
        break;
      }
      case Role::excipients: excipients_ = true; break;
      case Role::ingredients:
        flush(clause, frame, depth, Role::none);
        listed_ = true;
        frame.last = none;
        break;
      default: break;
    }
  }

  // Which amounts belong to which words: those behind, those before, or (where both would do) either.
  static void bind(Clause& clause) {
    const std::size_t n = clause.runs.size();
    const bool starts = clause.amounts.front().empty();
    const bool ends = clause.amounts.back().empty();
    for (std::size_t i = 0; i < n; ++i) {
      Run& r = clause.runs[i];
      const std::vector<Amount>& before = clause.amounts[i];
      const std::vector<Amount>& behind = clause.amounts[i + 1];
      if (starts && !ends) {
        r.amounts = behind;
      } else if (!starts && ends) {
        r.amounts = before;
        r.amount_first = true;
      } else if (before.empty() || behind.empty() || n == 1) {
        r.amounts = before;
        r.amounts.insert(r.amounts.end(), behind.begin(), behind.end());
        r.amount_first = !before.empty();
      } else {
        Amount either = before.front();
        for (const Amount& a : before) either = hull(either, a);
        for (const Amount& a : behind) either = hull(either, a);
        r.amounts = {either};
        r.behind = behind;
      }
    }
  }

  Item* first_magnesium() noexcept {
    const auto at = std::find_if(items_.begin(), items_.end(), [](const Item& item) { return item.magnesium; });
    return at == items_.end() ? nullptr : &*at;
  }

  std::size_t add_item(const Run& r, bool magnesium) {
    Item& item = items_.emplace_back();
    item.magnesium = magnesium;
    item.element = item.magnesium && (r.salts.empty() || r.elemental);
    item.blend = r.blend;
    item.listed = listed_;
    item.at = r.at;
    item.end = r.end;
    for (const SaltRef& salt : r.salts) item.add(salt);
    item.own = r.amounts;
    if (item.magnesium && item.own.empty() && !pending_.empty()) item.own = std::move(pending_), pending_.clear();
    return items_.size() - 1;
  }

  void flush(Clause& clause, Frame& frame, int depth, Role next) {
    if (!clause.empty()) {
      bind(clause);
      std::vector<std::size_t> of_run(clause.runs.size(), none);
      const bool related = clause.lead != Role::none && clause.lead != Role::total;
      std::size_t target = none;
      if (related) {
        target = frame.last != none ? frame.last : frame.parent;
      } else if (depth > 0 && frame.parent != none && items_[frame.parent].magnesium) {
        target = frame.parent;
      }
      if (clause.runs.empty()) {
        nameless(clause, frame, depth, target);
      } else {
        for (std::size_t i = 0; i < clause.runs.size(); ++i)
          of_run[i] = place(clause.runs[i], clause.lead, clause.column, frame, depth, target);
      }
      for (const Group& group : clause.groups) {
        Frame inner;
        inner.parent = group.after_run != none ? of_run[group.after_run] : frame.last != none ? frame.last : frame.parent;
        level(group.begin, group.end, inner, depth + 1);
      }
    } else if (clause.lead != Role::none && next == Role::none) {
      // A relation with nothing behind it yet: it may go on after a comma or a line.
      fresh(clause,
            clause.lead == Role::provides || clause.lead == Role::as || clause.lead == Role::from ? Role::none : clause.lead);
      return;
    }
    fresh(clause, next);
  }

  void nameless(const Clause& clause, Frame& frame, int depth, std::size_t target) {
    for (const std::vector<Amount>& amounts : clause.amounts)
      for (const Amount& amount : amounts) {
        if (target != none && items_[target].magnesium) {
          Item& item = items_[target];
          if (clause.lead == Role::provides && !item.element)
            item.claims.push_back(amount);
          else if (clause.lead == Role::from && item.element)
            item.compound.push_back(amount);
          else if (depth > 0 && clause.lead == Role::none && !item.own.empty() && !item.element && !amount.magnesium)
            item.parts.push_back(amount), doubt(item);
          else
            item.own.push_back(amount);
        } else if (frame.last != none) {
          if (items_[frame.last].magnesium) items_[frame.last].own.push_back(amount);
        } else if (frame.parent == none) {
          pending_.push_back(amount);
        }
      }
  }
  // "magnesium oxide 500 mg (300 mg)": the second figure may be the magnesium, so what is read runs from the one to the other.
  static void doubt(Item& item) {
    Amount both = item.own.front();
    for (const Amount& a : item.parts) both = hull(both, a);
    item.own = {both};
    item.parts.clear();
  }

  static void add_behind(Item& item, const Run& r) { item.own.insert(item.own.end(), r.behind.begin(), r.behind.end()); }

  // What stands in brackets behind one salt, and is none and no amount, says more of that salt.
  [[nodiscard]] static bool qualifies(const Item& item) noexcept {
    return item.magnesium && !item.element && !item.blend && item.salts.size() == 1;
  }

  // The item that a run belongs to or becomes.
  std::size_t place(const Run& r, Role lead, bool column, Frame& frame, int depth, std::size_t target) {
    // "iron 25 mg (14 mg elemental)" is not magnesium.
    const std::size_t beside = target != none ? target : frame.last != none ? frame.last : frame.parent;
    const bool magnesium = r.magnesium || (r.elemental && !r.other && (beside == none || items_[beside].magnesium));
    if (excipients_ && magnesium && r.amounts.empty()) return none;
    if (!magnesium) {
      const std::size_t index = add_item(r, magnesium);
      if ((lead == Role::provides || column) && r.amount_first && beside != none && items_[beside].magnesium) {
        std::vector<Amount>& perhaps = items_[beside].perhaps;
        perhaps.insert(perhaps.end(), r.amounts.begin(), r.amounts.end());
        return index;
      }
      // "magnesium oxide (heavy)" is magnesium oxide all the same.
      if (frame.parent != none && depth > 0 && !(qualifies(items_[frame.parent]) && r.amounts.empty()))
        items_[frame.parent].others = true;
      if (frame.blend != none) items_[frame.blend].others = true;
      if (lead == Role::none) frame.last = index;
      return index;
    }
    if (target != none && items_[target].magnesium) {
      Item& item = items_[target];
      const bool element = r.salts.empty() || r.elemental;
      if (element) {
        if (r.amounts.empty()) item.element = item.element || lead == Role::as || r.elemental;
        for (const SaltRef& salt : r.salts) item.add(salt);
        std::vector<Amount>& into = item.element ? item.own : item.claims;
        into.insert(into.end(), r.amounts.begin(), r.amounts.end());
        return target;
      }
      const bool new_salt = std::none_of(r.salts.begin(), r.salts.end(), [&](const SaltRef& s) {
        return std::any_of(item.salts.begin(), item.salts.end(), [&](const SaltRef& known) { return known.name == s.name; });
      });
      if (lead == Role::provides && !item.element && new_salt) {  // "also contains magnesium citrate"
        frame.last = add_item(r, magnesium);
        return frame.last;
      }
      for (const SaltRef& salt : r.salts) depth > 0 && r.amounts.empty() ? item.explain(salt) : item.add(salt);
      const bool of_salt = lead == Role::from || lead == Role::provides || (lead == Role::as && r.amount_first);
      const bool of_head = lead == Role::as && item.own.empty() && depth == 0;
      std::vector<Amount>& into = of_salt ? item.compound : of_head ? item.own : item.parts;
      into.insert(into.end(), r.amounts.begin(), r.amounts.end());
      return target;
    }
    // "magnesium chloride 64 mg elemental": one amount between the two.
    if (r.salts.empty() && !r.amounts.empty() && frame.last != none && items_[frame.last].magnesium &&
        !items_[frame.last].own.empty() && items_[frame.last].own.front().at == r.amounts.front().at) {
      items_[frame.last].element = items_[frame.last].element || r.elemental;
      add_behind(items_[frame.last], r);
      return frame.last;
    }
    // "Magnesium 400 mg magnesium oxide": of either.
    if (!r.salts.empty() && !r.amounts.empty() && frame.last != none && items_[frame.last].element &&
        items_[frame.last].salts.empty() && !items_[frame.last].own.empty() &&
        items_[frame.last].own.front().at == r.amounts.front().at) {
      items_[frame.last].element = r.elemental;
      add_behind(items_[frame.last], r);
      for (const SaltRef& salt : r.salts) items_[frame.last].add(salt);
      return frame.last;
    }
    // The amount of a blend is more than any of its parts can have.
    std::size_t blend = frame.blend != none                                       ? frame.blend
                        : frame.parent != none && !items_[frame.parent].magnesium ? frame.parent
                                                                                  : target;
    if (blend != none && r.amounts.empty() && !items_[blend].own.empty()) {
      if (items_[blend].magnesium && items_[blend].blend) {
        for (const SaltRef& salt : r.salts) items_[blend].add(salt);
        return blend;
      }
      if (blend_item_ == none || blend_of_ != blend) {
        const std::vector<Amount> amounts = items_[blend].own;
        blend_of_ = blend;
        blend_item_ = add_item(r, magnesium);
        items_[blend_item_].own = amounts;
        items_[blend_item_].blend = items_[blend_item_].others = true;
      } else {
        for (const SaltRef& salt : r.salts) items_[blend_item_].add(salt);
      }
      return blend_item_;
    }
    const std::size_t index = add_item(r, magnesium);
    items_[index].total = lead == Role::total;
    frame.last = index;
    return index;
  }

  const std::vector<Piece>& pieces_;
  std::vector<Item> items_;
  std::vector<Amount> pending_;  // amounts before any name
  std::size_t blend_of_ = none;
  std::size_t blend_item_ = none;
  bool excipients_ = false;
  bool listed_ = false;
};

}  // namespace

void Item::add(const SaltRef& salt) {
  const auto known = std::find_if(salts.begin(), salts.end(), [&](const SaltRef& have) { return kin(have, salt); });
  constexpr std::size_t most_salts = 64;
  if (known == salts.end()) {
    if (salts.size() < most_salts) salts.push_back(salt);
  } else if (salt.salt && salt.name == salt.salt->whole) {  // perhaps two lines: the wider stands for both
    *known = salt;
  }
}

bool kin(const SaltRef& a, const SaltRef& b) noexcept {
  if (a.name == b.name) return true;
  return a.salt && b.salt && a.salt->whole == b.salt->whole && (a.name == a.salt->whole || b.name == b.salt->whole);
}

void Item::explain(const SaltRef& salt) {
  for (SaltRef& have : salts) {
    if (!kin(have, salt)) continue;
    const bool weighed = have.weighed || salt.weighed;
    if (have.salt && have.name == have.salt->whole) have = salt;  // "magnesium sulfate (Epsom salt)"
    have.weighed = weighed;
    return;
  }
  add(salt);
}

std::vector<Item> items_of(const Pieces& pieces) { return Assembler{pieces.all}.read(); }

}  // namespace magnesia::label
